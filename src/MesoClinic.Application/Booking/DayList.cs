using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>One appointment in a list of a day.</summary>
/// <param name="Start">On the clinic's wall clock, as are the other times.</param>
/// <param name="Indication">Title of what it is for; null without a plan, and for those who may not read the chart.</param>
/// <param name="Decision">Null when never assessed, and for those who may not read the chart.</param>
/// <param name="Because">Title of the worst finding, when it stands in the way.</param>
public sealed record DayRow(
    Guid Id, Guid PatientId, string Patient, int Age, AppointmentKind Kind, AppointmentState State, DateTime Start, int Minutes, Guid PractitionerId, string Practitioner, Guid RoomId, string Room,
    string? Indication, Decision? Decision, DateOnly? EarliestSafeDate, string? Because, int MissingAnswers, DateTime? ProvisionalUntil, DateTime? ArrivedAt, DateTime? CheckedInAt, Guid? SessionId, bool MayReadChart)
{
    /// <summary>The row says something that only those may know who may read the chart.</summary>
    public bool TellsOfChart => Indication is not null || Decision is not null || SessionId is not null;
}

/// <summary>Reads the appointments of some days, with what this person may know of them.</summary>
internal sealed class DayList(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book)
{
    public async Task<IReadOnlyList<DayRow>> OfAsync(DateOnly from, DateOnly until, Guid? practitionerId, CancellationToken token)
    {
        var (fromUtc, _) = await time.DayAsync(from, token);
        var (_, untilUtc) = await time.DayAsync(until, token);
        var found = await db.Appointments.AsNoTracking()
            .Where(a => a.StartUtc >= fromUtc && a.StartUtc < untilUtc && (practitionerId == null || a.PractitionerId == practitionerId))
            .OrderBy(a => a.StartUtc).ThenBy(a => a.Id)
            .Select(a => new
            {
                Appointment = a,
                a.Patient!.GivenName,
                a.Patient.FamilyName,
                a.Patient.BirthDate,
                Practitioner = a.Practitioner!.Name,
                Room = a.Room!.Name,
                SessionId = db.Sessions.Where(s => s.AppointmentId == a.Id).Select(s => (Guid?)s.Id).FirstOrDefault(),
            })
            .ToListAsync(token);

        var open = await access.ReadableChartsAsync([.. found.Select(row => row.Appointment.PatientId).Distinct()], token);
        var assessed = found.Where(row => row.Appointment.AssessmentId is not null).Select(row => row.Appointment.AssessmentId!.Value).ToList();
        var reasons = await db.Assessments.AsNoTracking()
            .Where(stored => assessed.Contains(stored.Id) && stored.Decision != Decision.Allow)
            .ToDictionaryAsync(stored => stored.Id, stored => stored.Result, token);
        var rows = new List<DayRow>(found.Count);
        foreach (var row in found)
        {
            var (a, mayRead) = (row.Appointment, open.Contains(row.Appointment.PatientId));
            var reason = mayRead && a.AssessmentId is { } id ? reasons.GetValueOrDefault(id) : null;
            rows.Add(new DayRow(
                a.Id, a.PatientId, $"{row.GivenName} {row.FamilyName}", Ages.On(from, row.BirthDate), a.Kind, a.State, a.WallStart, a.Minutes, a.PractitionerId, row.Practitioner, a.RoomId, row.Room,
                mayRead && a.Plan?.Indication is { } indication ? book.Indications.GetValueOrDefault(indication)?.Title : null,
                mayRead ? a.Decision : null, mayRead ? a.EarliestSafeDate : null,
                reason?.Findings.Where(finding => finding.Action == reason.Decision).Select(finding => finding.Title).FirstOrDefault(), reason?.Missing.Count ?? 0,
                await WallAsync(a.ProvisionalUntilUtc, token), await WallAsync(a.ArrivedUtc, token), await WallAsync(a.CheckedInUtc, token), mayRead ? row.SessionId : null, mayRead));
        }

        return rows;
    }

    private async Task<DateTime?> WallAsync(DateTime? utc, CancellationToken token) => utc is { } at ? await time.ToWallAsync(at, token) : null;
}
