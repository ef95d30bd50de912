using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>The sessions of a course that take or took place.</summary>
internal static class CourseSoFarReader
{
    public static async Task<CourseSoFar> SoFarAsync(this ClinicDbContext db, Guid courseId, CancellationToken token)
    {
        var days = await db.Appointments.AsNoTracking()
            .Where(a => a.CourseId == courseId && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow)
            .Select(a => a.WallStart).ToListAsync(token);
        return new CourseSoFar(days.Count, days.Count == 0 ? null : DateOnly.FromDateTime(days.Max()));
    }
}
