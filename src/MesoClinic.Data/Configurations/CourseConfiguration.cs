using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class CourseConfiguration : IEntityTypeConfiguration<Course>
{
    public void Configure(EntityTypeBuilder<Course> course)
    {
        course.HasOne(c => c.Patient).WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        course.HasOne(c => c.Practitioner).WithMany().HasForeignKey(c => c.PractitionerId).OnDelete(DeleteBehavior.Restrict);
        course.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.PlannedById).OnDelete(DeleteBehavior.Restrict);
        course.Property(c => c.Plan).AsFrozenJson();
        course.HasIndex(c => new { c.State, c.PractitionerId });
        course.Ignore(c => c.IsOpen);
    }
}
