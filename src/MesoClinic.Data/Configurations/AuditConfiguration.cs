using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using MesoClinic.Domain.Audit;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.HasKey(e => e.Sequence);
        entry.Property(e => e.Sequence).ValueGeneratedNever();
        entry.Property(e => e.Hash).HasMaxLength(32);
        entry.Property(e => e.Detail).HasMaxLength(AuditEntry.LongestDetail);
        entry.HasIndex(e => new { e.PatientId, e.AtUtc });
        entry.HasIndex(e => new { e.UserId, e.PatientId, e.AtUtc });
        entry.ToTable("AuditEntries", table => table.HasTrigger("AuditEntries_append_only"));
    }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> head)
    {
        head.Property(h => h.Id).ValueGeneratedNever();
        head.Property(h => h.Hash).HasMaxLength(32);
        head.HasData(new AuditHead());
    }
}

internal sealed class RecordCheckRunConfiguration : IEntityTypeConfiguration<RecordCheckRun>
{
    public void Configure(EntityTypeBuilder<RecordCheckRun> run)
    {
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.ChangedRecords).AsFrozenJson();
        run.Property(r => r.ChangedConsents).AsFrozenJson();
        run.Property(r => r.Error).HasMaxLength(Limits.Name);
        run.Ignore(r => r.Holds);
        run.HasIndex(r => r.AtUtc);
    }
}

internal sealed class ProcessedCommandConfiguration : IEntityTypeConfiguration<ProcessedCommand>
{
    public void Configure(EntityTypeBuilder<ProcessedCommand> command)
    {
        command.Property(c => c.Id).ValueGeneratedNever();
        command.Property(c => c.ContentHash).HasMaxLength(64);
        command.Property(c => c.Result).Metadata.SetMaxLength(null);
        command.HasIndex(c => c.AtUtc);
    }
}

internal sealed class StoredAssessmentConfiguration : IEntityTypeConfiguration<StoredAssessment>
{
    public void Configure(EntityTypeBuilder<StoredAssessment> assessment)
    {
        assessment.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        assessment.Property(a => a.Facts).AsFrozenJson();
        assessment.Property(a => a.Result).AsFrozenJson();
        assessment.HasIndex(a => new { a.PatientId, a.AtUtc });
        assessment.HasIndex(a => a.AppointmentId);
        assessment.HasMany(a => a.Fired).WithOne().HasForeignKey(fired => fired.AssessmentId).OnDelete(DeleteBehavior.Restrict);
        assessment.ToTable("Assessments", table => table.HasTrigger("Assessments_append_only"));
    }
}

internal sealed class ClinicConfiguration : IEntityTypeConfiguration<Clinic>
{
    public void Configure(EntityTypeBuilder<Clinic> clinic)
    {
        clinic.Property(c => c.Id).ValueGeneratedNever();
        clinic.Property(c => c.Hours).AsJson();
        clinic.Property(c => c.VisitLengths).AsFrozenJson();
        clinic.Property(c => c.OfferHours).HasDefaultValue(2).ValueGeneratedNever();
        clinic.Property(c => c.Reminders).AsFrozenJson();
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.HasOne<ClinicUser>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
        invitation.Property(i => i.TokenHash).HasMaxLength(64);
        invitation.HasIndex(i => i.TokenHash).IsUnique();
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.KeyHash).HasMaxLength(64);
        key.HasIndex(k => k.KeyHash).IsUnique();
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key) => key.Property(k => k.Xml).Metadata.SetMaxLength(null);
}
