using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Sessions of courses that are booked and not yet begun: the interval to the one before counts although it is still to come.</summary>
internal sealed class BookedSessions(ILookup<Guid, (Guid AppointmentId, DateOnly Day)> byCourse)
{
    /// <param name="today">The clinic's today: what was booked for an earlier day either took place, or did not.</param>
    public static async Task<BookedSessions> OfAsync(ClinicDbContext db, IReadOnlyList<Guid> courses, DateTime nowUtc, DateOnly today, CancellationToken token)
    {
        if (courses.Count == 0)
        {
            return new BookedSessions(Array.Empty<(Guid, Guid, DateOnly)>().ToLookup(row => row.Item1, row => (row.Item2, row.Item3)));
        }

        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var rows = await db.Appointments.AsNoTracking()
            .Where(a => a.CourseId != null && courses.Contains(a.CourseId.Value) && a.Kind == AppointmentKind.Session)
            .Where(Appointment.HasNotBegun).Where(a => a.WallStart >= midnight && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > nowUtc))
            .Select(a => new { CourseId = a.CourseId!.Value, a.Id, a.WallStart }).ToListAsync(token);
        return new BookedSessions(rows.ToLookup(row => row.CourseId, row => (row.Id, DateOnly.FromDateTime(row.WallStart))));
    }

    /// <summary>The request as the session that follows those booked before its day.</summary>
    public AssessmentRequest Place(AssessmentRequest request, Appointment appointment) =>
        appointment.CourseId is { } course ? After(request, [.. byCourse[course].Where(other => other.AppointmentId != appointment.Id && (other.Day < request.Date || (request.Stage == Stage.Booking && other.Day == request.Date))).Select(other => other.Day)]) : request;

    /// <summary>The request as the session that follows all that are booked.</summary>
    public AssessmentRequest PlaceAfterAll(AssessmentRequest request, Guid course) => After(request, [.. byCourse[course].Select(other => other.Day)]);

    private static AssessmentRequest After(AssessmentRequest request, IReadOnlyList<DateOnly> before) => before.Count == 0 ? request : request with
    {
        Plan = request.Plan with
        {
            SessionNumber = request.Plan.SessionNumber + before.Count,
            LastSession = request.Plan.LastSession is { } last && last > before.Max() ? last : before.Max(),
        },
    };
}
