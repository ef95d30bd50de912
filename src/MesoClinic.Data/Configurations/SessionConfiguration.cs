using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.HasOne(s => s.Appointment).WithOne().HasForeignKey<Session>(s => s.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne(s => s.Patient).WithMany().HasForeignKey(s => s.PatientId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne(s => s.Practitioner).WithMany().HasForeignKey(s => s.PractitionerId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne(s => s.Consent).WithMany().HasForeignKey(s => s.ConsentId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne(s => s.AnaestheticConsent).WithMany().HasForeignKey(s => s.AnaestheticConsentId).OnDelete(DeleteBehavior.Restrict);
        session.HasMany(s => s.Areas).WithOne().HasForeignKey(a => a.SessionId).OnDelete(DeleteBehavior.Cascade);
        session.HasMany(s => s.Cocktail).WithOne().HasForeignKey(l => l.SessionId).OnDelete(DeleteBehavior.Cascade);
        session.HasMany(s => s.Addenda).WithOne().HasForeignKey(a => a.SessionId).OnDelete(DeleteBehavior.Cascade);

        session.HasOne(s => s.CreamLot).WithMany().HasForeignKey(s => s.CreamLotId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.StoppedById).OnDelete(DeleteBehavior.Restrict);
        session.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.SignedById).OnDelete(DeleteBehavior.Restrict);
        session.Property(s => s.CreamName).HasMaxLength(Limits.Name);

        session.Property(s => s.Notes).HasMaxLength(Limits.Text);
        session.Property(s => s.StepsLeftOut).HasMaxLength(Limits.Line);
        session.Property(s => s.Reactions).AsFrozenJson();
        session.Property(s => s.LaterConsents).AsFrozenJson();
        session.Property(s => s.AsepsisDone).AsJson();
        session.Property(s => s.Acknowledged).AsJson();
        session.Property(s => s.ContentHash).HasMaxLength(64);
        session.HasIndex(s => new { s.PatientId, s.EndedUtc });
        session.HasIndex(s => new { s.PractitionerId, s.EndedUtc });
        session.Ignore(s => s.IsSigned).Ignore(s => s.IsAborted).Ignore(s => s.AssumedEndUtc).Ignore(s => s.EndIsAssumed).Ignore(s => s.VolumeTotalMl).Ignore(s => s.Totals).Ignore(s => s.Mixed);
        session.ToTable("Sessions", table =>
        {
            table.HasTrigger("Sessions_signed");
            table.HasTrigger("Sessions_begun");
        });
    }
}

internal sealed class ReplacedTubeConfiguration : IEntityTypeConfiguration<ReplacedTube>
{
    public void Configure(EntityTypeBuilder<ReplacedTube> tube)
    {
        tube.HasKey(t => new { t.SessionId, t.LotId });
        tube.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Restrict);
        tube.HasOne<Lot>().WithMany().HasForeignKey(t => t.LotId).OnDelete(DeleteBehavior.Restrict);
        tube.Property(t => t.ProductName).HasMaxLength(Limits.Name);
        tube.ToTable("ReplacedTubes", table => table.HasTrigger("ReplacedTubes_append_only"));
    }
}

internal sealed class TreatedAreaConfiguration : IEntityTypeConfiguration<TreatedArea>
{
    public void Configure(EntityTypeBuilder<TreatedArea> area)
    {
        area.HasKey(a => new { a.SessionId, a.Area });
        area.Property(a => a.Area).HasMaxLength(Limits.Code);
        area.Property(a => a.Sites).AsFrozenJson();
        area.ToTable("TreatedAreas", table => table.HasTrigger("TreatedAreas_signed"));
    }
}

internal sealed class CocktailLineConfiguration : IEntityTypeConfiguration<CocktailLine>
{
    public void Configure(EntityTypeBuilder<CocktailLine> line)
    {
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.ProductName).HasMaxLength(Limits.Name);
        line.Property(l => l.LotNumber).HasMaxLength(Limits.Code);
        line.Property(l => l.Ingredients).AsJson();
        line.Property(l => l.LabelFreeOf).AsJson();
        line.HasOne(l => l.Lot).WithMany().HasForeignKey(l => l.LotId).OnDelete(DeleteBehavior.Restrict);
        line.Ignore(l => l.IsBegun);
        line.Ignore(l => l.IsJudged);

        // A recall reads nothing but this index, however many sessions there are; the trigger keeps the patient the session's own.
        line.HasIndex(l => new { l.LotId, l.PatientId, l.BegunUtc });
        line.ToTable("CocktailLines", table =>
        {
            table.HasTrigger("CocktailLines_signed");
            table.HasTrigger("CocktailLines_begun");
        });
    }
}

internal sealed class AddendumConfiguration : IEntityTypeConfiguration<Addendum>
{
    public void Configure(EntityTypeBuilder<Addendum> addendum)
    {
        addendum.Property(a => a.Id).ValueGeneratedNever();
        addendum.HasOne<Lot>().WithMany().HasForeignKey(a => a.LotId).OnDelete(DeleteBehavior.Restrict);
        addendum.Property(a => a.Text).HasMaxLength(Limits.Text);
        addendum.Property(a => a.ContentHash).HasMaxLength(64);
        addendum.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.ById).OnDelete(DeleteBehavior.Restrict);
        addendum.ToTable("Addenda", table => table.HasTrigger("Addenda_append_only"));
    }
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        consent.HasOne<Domain.Booking.Appointment>().WithMany().HasForeignKey(c => c.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        consent.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.WitnessId).OnDelete(DeleteBehavior.Restrict);
        consent.Property(c => c.Text).HasMaxLength(Consent.LongestText);
        consent.Property(c => c.Areas).AsJson();
        consent.Property(c => c.Ingredients).AsJson();
        consent.Property(c => c.Signature).HasMaxLength(DrawnSignature.Longest);
        consent.Property(c => c.ContentHash).HasMaxLength(64);

        // Open recorders ask every other second for what was taken back lately.
        consent.HasIndex(c => c.WithdrawnUtc);
        consent.ToTable("Consents", table => table.HasTrigger("Consents_signed"));
    }
}

internal sealed class ConsentTextConfiguration : IEntityTypeConfiguration<ConsentText>
{
    public void Configure(EntityTypeBuilder<ConsentText> text)
    {
        text.HasOne<StaffMember>().WithMany().HasForeignKey(t => t.PublishedById).OnDelete(DeleteBehavior.Restrict);
        text.Property(t => t.Text).HasMaxLength(Limits.Text);
        text.HasIndex(t => new { t.Kind, t.Number }).IsUnique();
        text.ToTable("ConsentTexts", table => table.HasTrigger("ConsentTexts_append_only"));
    }
}

internal sealed class AllergyTestConfiguration : IEntityTypeConfiguration<AllergyTest>
{
    public void Configure(EntityTypeBuilder<AllergyTest> test)
    {
        test.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId).OnDelete(DeleteBehavior.Restrict);
        test.HasOne<StaffMember>().WithMany().HasForeignKey(t => t.AppliedById).OnDelete(DeleteBehavior.Restrict);
        test.HasOne<Lot>().WithMany().HasForeignKey(t => t.LotId).OnDelete(DeleteBehavior.Restrict);
        test.Property(t => t.Ingredient).HasMaxLength(Limits.Code);
        test.HasIndex(t => new { t.PatientId, t.Ingredient });
        test.Ignore(t => t.ReadableFrom).Ignore(t => t.IsCleared);
        test.ToTable("AllergyTests", table => table.HasTrigger("AllergyTests_given"));
    }
}
