using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class PhotoConfiguration : IEntityTypeConfiguration<Photo>
{
    public void Configure(EntityTypeBuilder<Photo> photo)
    {
        photo.HasOne<Patient>().WithMany().HasForeignKey(p => p.PatientId).OnDelete(DeleteBehavior.Restrict);
        photo.HasOne<Session>().WithMany().HasForeignKey(p => p.SessionId).OnDelete(DeleteBehavior.Restrict);
        photo.HasOne<StaffMember>().WithMany().HasForeignKey(p => p.TakenById).OnDelete(DeleteBehavior.Restrict);
        photo.Property(p => p.View).HasMaxLength(Limits.Code);
        photo.Property(p => p.ContentHash).HasMaxLength(64);
        photo.Property(p => p.File).HasMaxLength(Limits.Code);
        photo.Property(p => p.Key).HasMaxLength(2 * Limits.Line);
        photo.HasIndex(p => p.File).IsUnique();
        photo.ToTable("Photos", table => table.HasTrigger("Photos_kept"));
    }
}
