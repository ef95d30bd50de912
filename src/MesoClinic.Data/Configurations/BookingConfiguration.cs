using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class AppointmentConfiguration : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> appointment)
    {
        appointment.HasOne(a => a.Patient).WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        appointment.HasOne(a => a.Practitioner).WithMany().HasForeignKey(a => a.PractitionerId).OnDelete(DeleteBehavior.Restrict);
        appointment.HasOne(a => a.Room).WithMany().HasForeignKey(a => a.RoomId).OnDelete(DeleteBehavior.Restrict);
        appointment.HasOne(a => a.Device).WithMany().HasForeignKey(a => a.DeviceId).OnDelete(DeleteBehavior.Restrict);
        appointment.HasOne(a => a.Course).WithMany().HasForeignKey(a => a.CourseId).OnDelete(DeleteBehavior.Restrict);
        appointment.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.BookedById).OnDelete(DeleteBehavior.Restrict);
        appointment.HasMany(a => a.Claims).WithOne().HasForeignKey(c => c.AppointmentId).OnDelete(DeleteBehavior.Cascade);

        // A wall-clock time is no instant: it must not come back marked as UTC.
        appointment.Property(a => a.WallStart).HasConversion(value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified));
        appointment.Property(a => a.Plan).AsFrozenJson();
        appointment.Property(a => a.Acknowledged).AsJson();
        appointment.HasIndex(a => new { a.PractitionerId, a.StartUtc });
        appointment.HasIndex(a => new { a.PatientId, a.StartUtc });
        appointment.HasIndex(a => a.StartUtc);
        appointment.HasIndex(a => a.ProvisionalUntilUtc);
        appointment.Ignore(a => a.Spot).Ignore(a => a.Minutes).Ignore(a => a.IsProvisional).Ignore(a => a.HoldsTime).Ignore(a => a.IsOpen);
        appointment.Ignore(a => a.IsTreatment).Ignore(a => a.MayArrive).Ignore(a => a.MayCheckIn).Ignore(a => a.MayMove).Ignore(a => a.MayCancel).Ignore(a => a.MayComplete);
    }
}

internal sealed class WaitlistConfiguration : IEntityTypeConfiguration<WaitlistEntry>
{
    public void Configure(EntityTypeBuilder<WaitlistEntry> entry)
    {
        entry.HasOne(e => e.Patient).WithMany().HasForeignKey(e => e.PatientId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne(e => e.Course).WithMany().HasForeignKey(e => e.CourseId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne(e => e.OfferedAppointment).WithMany().HasForeignKey(e => e.OfferedAppointmentId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne<StaffMember>().WithMany().HasForeignKey(e => e.AddedById).OnDelete(DeleteBehavior.Restrict);
        entry.Property(e => e.Practitioners).AsJson();
        entry.Property(e => e.Weekdays).AsJson();
        entry.Property(e => e.Acknowledged).AsJson();
        entry.HasIndex(e => e.State);
        entry.Ignore(e => e.IsOpen);
    }
}

internal sealed class SlotClaimConfiguration : IEntityTypeConfiguration<SlotClaim>
{
    // The primary key is the promise: one claim for one resource and slot, whoever asks, on either engine.
    public void Configure(EntityTypeBuilder<SlotClaim> claim) => claim.HasKey(c => new { c.ResourceId, c.SlotUtc });
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.HasOne(m => m.Patient).WithMany().HasForeignKey(m => m.PatientId).OnDelete(DeleteBehavior.Restrict);
        message.HasOne(m => m.Appointment).WithMany().HasForeignKey(m => m.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        message.Property(m => m.WallStart).HasConversion(value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Unspecified));

        // The key is the promise: nobody is told the same twice, whoever asks, on either engine.
        message.HasIndex(m => new { m.AppointmentId, m.Kind, m.Sequence }).IsUnique();
        message.HasIndex(m => new { m.State, m.NextAttemptUtc });
        message.HasIndex(m => m.MailId);
    }
}

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> room)
    {
        room.Property(r => r.Name).HasMaxLength(Limits.Name);
        room.HasIndex(r => r.Name).IsUnique();
    }
}

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> device)
    {
        device.Property(d => d.Name).HasMaxLength(Limits.Name);
        device.HasIndex(d => d.Name).IsUnique();
        device.HasOne<Room>().WithMany().HasForeignKey(d => d.RoomId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class HolidayConfiguration : IEntityTypeConfiguration<Holiday>
{
    public void Configure(EntityTypeBuilder<Holiday> holiday)
    {
        holiday.Property(h => h.Name).HasMaxLength(Limits.Name);
        holiday.HasIndex(h => h.Date).IsUnique();
    }
}

internal sealed class LeaveConfiguration : IEntityTypeConfiguration<Leave>
{
    public void Configure(EntityTypeBuilder<Leave> leave) => leave.HasIndex(l => l.Until);
}

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> member)
    {
        member.Property(m => m.Id).ValueGeneratedNever();
        member.Property(m => m.Name).HasMaxLength(Limits.Name);
        member.Property(m => m.Hours).AsJson();
        member.HasMany(m => m.Leave).WithOne().HasForeignKey(l => l.StaffMemberId).OnDelete(DeleteBehavior.Cascade);
        member.HasOne<Accounts.ClinicUser>().WithOne().HasForeignKey<StaffMember>(m => m.Id).OnDelete(DeleteBehavior.Restrict);
    }
}
