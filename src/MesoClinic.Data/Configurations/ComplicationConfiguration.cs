using MesoClinic.Domain;
using MesoClinic.Domain.Complications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class ComplicationConfiguration : IEntityTypeConfiguration<Complication>
{
    public void Configure(EntityTypeBuilder<Complication> complication)
    {
        complication.HasOne(c => c.Patient).WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        complication.HasOne(c => c.Session).WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Restrict);
        complication.HasMany(c => c.FollowUps).WithOne().HasForeignKey(f => f.ComplicationId).OnDelete(DeleteBehavior.Cascade);
        complication.Property(c => c.Symptom).HasMaxLength(Limits.Code);
        complication.Property(c => c.Words).HasMaxLength(Limits.Text);
        complication.Property(c => c.Outcome).HasMaxLength(Limits.Text);
        complication.Property(c => c.Report).AsFrozenJson();
        complication.Property(c => c.Areas).AsJson();
        complication.Property(c => c.AdviceShown).AsJson();
        complication.Property(c => c.TriageRules).AsJson();
        complication.Property(c => c.Candidates).AsJson();
        complication.HasIndex(c => new { c.State, c.ReportedUtc });
        complication.HasIndex(c => c.PatientId);
        complication.HasIndex(c => c.OnsetUtc);
        complication.Ignore(c => c.IsRedFlag).Ignore(c => c.NeedsCall);
    }
}

internal sealed class FollowUpConfiguration : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> followUp)
    {
        followUp.Property(f => f.Id).ValueGeneratedNever();
        followUp.Property(f => f.Note).HasMaxLength(Limits.Text);
        followUp.HasIndex(f => new { f.DoneUtc, f.DueUtc });
    }
}
