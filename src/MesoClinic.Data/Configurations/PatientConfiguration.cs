using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class PatientConfiguration : IEntityTypeConfiguration<Patient>
{
    public void Configure(EntityTypeBuilder<Patient> patient)
    {
        patient.Property(p => p.GivenName).HasMaxLength(Limits.Name);
        patient.Property(p => p.FamilyName).HasMaxLength(Limits.Name);
        patient.Property(p => p.Phone).HasMaxLength(Limits.Phone);
        patient.Property(p => p.Email).HasMaxLength(Limits.Email);
        patient.Property(p => p.Language).HasMaxLength(16);
        patient.Property(p => p.SearchText).HasMaxLength(500);
        patient.Ignore(p => p.FullName);
        patient.HasIndex(p => new { p.FamilyName, p.GivenName });
        patient.HasIndex(p => p.SearchText);

        patient.HasMany(p => p.Conditions).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        patient.HasMany(p => p.Medications).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        patient.HasMany(p => p.Allergies).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        patient.HasMany(p => p.Procedures).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        patient.HasMany(p => p.Answers).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        patient.HasMany(p => p.Measurements).WithOne().HasForeignKey("PatientId").IsRequired().OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PatientConditionConfiguration : IEntityTypeConfiguration<PatientCondition>
{
    public void Configure(EntityTypeBuilder<PatientCondition> condition)
    {
        condition.Property(c => c.Id).ValueGeneratedNever();
        condition.Property(c => c.Icd10).HasMaxLength(Limits.Code);
        condition.Property(c => c.Areas).AsJson();
    }
}

internal sealed class PatientMedicationConfiguration : IEntityTypeConfiguration<PatientMedication>
{
    public void Configure(EntityTypeBuilder<PatientMedication> medication)
    {
        medication.Property(m => m.Id).ValueGeneratedNever();
        medication.Property(m => m.KnowledgeId).HasMaxLength(Limits.Code);
        medication.Property(m => m.Atc).HasMaxLength(Limits.Code);
        medication.Ignore(m => m.IsIdentified);
    }
}

internal sealed class PatientAllergyConfiguration : IEntityTypeConfiguration<PatientAllergy>
{
    public void Configure(EntityTypeBuilder<PatientAllergy> allergy)
    {
        allergy.Property(a => a.Id).ValueGeneratedNever();
        allergy.Property(a => a.Allergen).HasMaxLength(Limits.Code);
    }
}

internal sealed class PatientProcedureConfiguration : IEntityTypeConfiguration<PatientProcedure>
{
    public void Configure(EntityTypeBuilder<PatientProcedure> procedure)
    {
        procedure.Property(p => p.Id).ValueGeneratedNever();
        procedure.Property(p => p.Kind).HasMaxLength(Limits.Code);
        procedure.Property(p => p.Areas).AsJson();
    }
}

internal sealed class PatientAnswerConfiguration : IEntityTypeConfiguration<PatientAnswer>
{
    public void Configure(EntityTypeBuilder<PatientAnswer> answer)
    {
        answer.Property(a => a.Id).ValueGeneratedNever();
        answer.Property(a => a.Question).HasMaxLength(Limits.Code);
        answer.Property(a => a.Value).HasMaxLength(Limits.Code);
    }
}

internal sealed class MeasurementConfiguration : IEntityTypeConfiguration<Measurement>
{
    public void Configure(EntityTypeBuilder<Measurement> measurement)
    {
        measurement.Property(m => m.Id).ValueGeneratedNever();
        measurement.Property(m => m.Name).HasMaxLength(Limits.Code);
    }
}

internal sealed class PatientAccountConfiguration : IEntityTypeConfiguration<PatientAccount>
{
    public void Configure(EntityTypeBuilder<PatientAccount> account)
    {
        account.HasKey(a => new { a.UserId, a.PatientId });
        account.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        account.HasOne<ClinicUser>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PatientAssignmentConfiguration : IEntityTypeConfiguration<PatientAssignment>
{
    public void Configure(EntityTypeBuilder<PatientAssignment> assignment)
    {
        assignment.HasKey(a => new { a.PatientId, a.StaffMemberId });
        assignment.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        assignment.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.StaffMemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReasonedAccessConfiguration : IEntityTypeConfiguration<ReasonedAccess>
{
    public void Configure(EntityTypeBuilder<ReasonedAccess> access)
    {
        access.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        access.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.StaffMemberId).OnDelete(DeleteBehavior.Restrict);
        access.HasIndex(a => new { a.StaffMemberId, a.PatientId, a.UntilUtc });
    }
}

internal sealed class ProfileChangeConfiguration : IEntityTypeConfiguration<ProfileChange>
{
    public void Configure(EntityTypeBuilder<ProfileChange> change)
    {
        change.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        change.Property(c => c.Before).HasMaxLength(Limits.Text);
        change.Property(c => c.After).HasMaxLength(Limits.Text);
        change.HasIndex(c => new { c.PatientId, c.AtUtc });
        change.ToTable("ProfileChanges", table => table.HasTrigger("ProfileChanges_append_only"));
    }
}
