using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>A course and how far it has come.</summary>
/// <param name="Indication">Title of what it is for; null for those who may not read the chart.</param>
/// <param name="Done">Sessions that were signed.</param>
/// <param name="Booked">Sessions ahead.</param>
/// <param name="Next">The next booked session, on the clinic's wall clock.</param>
/// <param name="DueFrom">When the next session is due after the last one; null when none was done yet, when one is booked, or when all are done.</param>
/// <param name="DueUntil">Null where the most days are open.</param>
/// <param name="OverdueSince">The first day on which it was too late; null when it is not.</param>
public sealed record CourseRow(
    Guid Id, Guid PatientId, string Patient, string? Phone, Guid PractitionerId, string Practitioner, string? Indication, CourseState State, string? StateReason, int Sessions, int Done, int Booked,
    DateOnly? LastSession, DateTime? Next, DateOnly? DueFrom, DateOnly? DueUntil, DateOnly? OverdueSince)
{
    public bool IsOverdue => OverdueSince is not null;
    public int ToBook => Math.Max(0, Sessions - Done - Booked);
}

/// <summary>Reads courses with their progress.</summary>
internal sealed class CourseRows(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book)
{
    public async Task<IReadOnlyList<CourseRow>> OfAsync(IQueryable<Course> courses, CancellationToken token)
    {
        var found = await courses.AsNoTracking()
            .Select(c => new { Course = c, c.Patient!.GivenName, c.Patient.FamilyName, c.Patient.Phone, Practitioner = c.Practitioner!.Name })
            .ToListAsync(token);
        var ids = found.ConvertAll(row => row.Course.Id);
        var sessions = (await db.Appointments.AsNoTracking()
            .Where(a => a.CourseId != null && ids.Contains(a.CourseId.Value) && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow)
            .Select(a => new { a.CourseId, a.State, a.WallStart, Stopped = db.Sessions.Any(s => s.AppointmentId == a.Id && s.AbortedUtc != null) }).ToListAsync(token)).ToLookup(a => a.CourseId!.Value);
        var readable = await access.ReadableChartsAsync([.. found.Select(row => row.Course.PatientId).Distinct()], token);
        var today = await time.TodayAsync(token);
        return found.ConvertAll(row =>
        {
            var c = row.Course;
            var done = sessions[c.Id].Count(a => a.State == AppointmentState.Done && !a.Stopped);
            var ahead = sessions[c.Id].Where(a => a.State != AppointmentState.Done).Select(a => a.WallStart).ToList();
            var last = sessions[c.Id].Where(a => a.State == AppointmentState.Done).Max(a => (DateOnly?)DateOnly.FromDateTime(a.WallStart));
            var waits = c.IsOpen && ahead.Count == 0 && done < c.Sessions;
            var due = waits && last is { } on ? c.NextDue(on) : ((DateOnly From, DateOnly? Until)?)null;

            // A course that never began counts from the day on which it was planned.
            var late = c.OverdueAfter(last ?? DateOnly.FromDateTime(c.PlannedUtc)).AddDays(1);
            return new CourseRow(
                c.Id, c.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, c.PractitionerId, row.Practitioner,
                readable.Contains(c.PatientId) ? book.Indications.GetValueOrDefault(c.Plan.Indication ?? "")?.Title : null, c.State,
                readable.Contains(c.PatientId) ? c.StateReason : null, c.Sessions, done, ahead.Count, last,
                ahead.Count == 0 ? null : ahead.Min(), due?.From, due?.Until, waits && c.State == CourseState.Active && late <= today ? late : null);
        });
    }
}
