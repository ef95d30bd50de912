using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>The sessions of a course that take or took place.</summary>
internal static class CourseSoFarReader
{
    /// <summary>One that was stopped before its end is no finished session, but the skin was treated on that day.</summary>
    public static async Task<CourseSoFar> SoFarAsync(this ClinicDbContext db, Guid courseId, CancellationToken token)
    {
        var days = await db.Appointments.AsNoTracking()
            .Where(a => a.CourseId == courseId && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow)
            .Select(a => new { a.WallStart, Stopped = db.Sessions.Any(s => s.AppointmentId == a.Id && s.AbortedUtc != null) }).ToListAsync(token);
        return new CourseSoFar(days.Count(day => !day.Stopped), days.Count == 0 ? null : DateOnly.FromDateTime(days.Max(day => day.WallStart)));
    }
}
