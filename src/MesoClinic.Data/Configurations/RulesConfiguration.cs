using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class OverrideConfiguration : IEntityTypeConfiguration<Override>
{
    public void Configure(EntityTypeBuilder<Override> given)
    {
        given.HasOne<Appointment>().WithMany().HasForeignKey(o => o.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        given.HasOne<Patient>().WithMany().HasForeignKey(o => o.PatientId).OnDelete(DeleteBehavior.Restrict);
        given.HasOne<StoredAssessment>().WithMany().HasForeignKey(o => o.AssessmentId).OnDelete(DeleteBehavior.Restrict);
        given.HasOne<StaffMember>().WithMany().HasForeignKey(o => o.GivenById).OnDelete(DeleteBehavior.Restrict);
        given.Property(o => o.Rule).HasMaxLength(Limits.Code);
        given.Property(o => o.Text).HasMaxLength(Limits.Text);
        given.Property(o => o.Binding).HasMaxLength(Limits.Code + Limits.Code);
        given.HasIndex(o => new { o.Rule, o.GivenUtc });
        given.ToTable("Overrides", table => table.HasTrigger("Overrides_given"));
    }
}

internal sealed class OverrideUseConfiguration : IEntityTypeConfiguration<OverrideUse>
{
    public void Configure(EntityTypeBuilder<OverrideUse> use)
    {
        use.HasKey(u => new { u.OverrideId, u.AssessmentId });
        use.HasOne<Override>().WithMany().HasForeignKey(u => u.OverrideId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<StoredAssessment>().WithMany().HasForeignKey(u => u.AssessmentId).OnDelete(DeleteBehavior.Restrict);
        use.ToTable("OverrideUses", table => table.HasTrigger("OverrideUses_append_only"));
    }
}

internal sealed class FiredRuleConfiguration : IEntityTypeConfiguration<FiredRule>
{
    public void Configure(EntityTypeBuilder<FiredRule> fired)
    {
        fired.HasKey(f => new { f.AssessmentId, f.Rule });
        fired.Property(f => f.Rule).HasMaxLength(Limits.Code);
        fired.HasIndex(f => new { f.Rule, f.AtUtc });
        fired.ToTable("FiredRules", table => table.HasTrigger("FiredRules_append_only"));
    }
}

internal sealed class RuleSignOffConfiguration : IEntityTypeConfiguration<RuleSignOff>
{
    public void Configure(EntityTypeBuilder<RuleSignOff> signOff)
    {
        signOff.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.SignedById).OnDelete(DeleteBehavior.Restrict);
        signOff.Property(s => s.Rule).HasMaxLength(Limits.Code);
        signOff.Property(s => s.RuleHash).HasMaxLength(Limits.Code + Limits.Code);
        signOff.Property(s => s.RuleBook).HasMaxLength(Limits.Code + Limits.Code);
        signOff.HasIndex(s => new { s.Rule, s.RuleHash });
        signOff.ToTable("RuleSignOffs", table => table.HasTrigger("RuleSignOffs_append_only"));
    }
}

internal sealed class RuleDraftConfiguration : IEntityTypeConfiguration<RuleDraft>
{
    public void Configure(EntityTypeBuilder<RuleDraft> draft)
    {
        draft.Property(d => d.Rule).HasMaxLength(Limits.Code);
        draft.Property(d => d.Json).Metadata.SetMaxLength(null);
        draft.Property(d => d.Note).HasMaxLength(Limits.Text);
        draft.Property(d => d.ReplayedHash).HasMaxLength(Limits.Code + Limits.Code);
        draft.HasIndex(d => d.State);
    }
}

internal sealed class RuleBookVersionConfiguration : IEntityTypeConfiguration<RuleBookVersion>
{
    public void Configure(EntityTypeBuilder<RuleBookVersion> version)
    {
        version.HasKey(v => v.Number);
        version.Property(v => v.Number).ValueGeneratedNever();
        version.Property(v => v.Json).Metadata.SetMaxLength(null);
        version.Property(v => v.RuleBook).HasMaxLength(Limits.Code + Limits.Code);
        version.Property(v => v.Note).HasMaxLength(Limits.Text);
        version.ToTable("RuleBookVersions", table => table.HasTrigger("RuleBookVersions_append_only"));
    }
}

internal sealed class SafetyTaskConfiguration : IEntityTypeConfiguration<SafetyTask>
{
    public void Configure(EntityTypeBuilder<SafetyTask> task)
    {
        task.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId).OnDelete(DeleteBehavior.Restrict);
        task.HasOne<Appointment>().WithMany().HasForeignKey(t => t.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        task.HasOne<StoredAssessment>().WithMany().HasForeignKey(t => t.AssessmentId).OnDelete(DeleteBehavior.Restrict);
        task.Property(t => t.Note).HasMaxLength(Limits.Text);
        task.HasIndex(t => new { t.HandledUtc, t.RaisedUtc });

        // An appointment has one open task at most.
        task.HasIndex(t => t.AppointmentId, "IX_SafetyTasks_open").IsUnique().HasFilter("HandledUtc IS NULL");
    }
}

internal sealed class RescreeningConfiguration : IEntityTypeConfiguration<Rescreening>
{
    public void Configure(EntityTypeBuilder<Rescreening> round)
    {
        round.Property(r => r.RuleBook).HasMaxLength(Limits.Code + Limits.Code);
        round.HasIndex(r => r.StartedUtc);
    }
}
