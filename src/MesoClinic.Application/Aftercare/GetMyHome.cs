using MediatR;
using MesoClinic.Application.Complications;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Aftercare;

/// <summary>The patient's first page: what matters today.</summary>
public static class GetMyHome
{
    /// <param name="PatientId">Null: the person's own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<View>;

    /// <param name="LastSession">The end of the newest session; null when no aftercare is running.</param>
    /// <param name="Bans">The strictest things that are not allowed now.</param>
    /// <param name="Report">The newest problem that was reported and is not closed.</param>
    public sealed record View(
        Guid PatientId, string GivenName, DateTimeOffset Now, DateTimeOffset? LastSession, DateTimeOffset? AllClear, IReadOnlyList<TimelineEntry> Bans, int MoreBans,
        Visit? Next, OpenReport? Report, IReadOnlyList<OwnPerson> People);

    /// <param name="Start">On the clinic's wall clock.</param>
    public sealed record Visit(DateTime Start, AppointmentKind Kind, string Practitioner);

    public sealed record OpenReport(Guid Id, string Symptom, TriageLevel Level, DateTimeOffset Sent, bool IsSeen);

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, PatientTimeline timelines, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        private const int Shown = 4;

        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(GetMyHome), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var reading = await timelines.ReadAsync(id, token);
            var bans = reading.Timeline?.Entries
                .Where(entry => entry is { Do: false, Now: AftercareState.NotAllowed })
                .OrderByDescending(entry => entry.Strictness).ThenBy(entry => entry.Until ?? DateTimeOffset.MaxValue).ThenBy(entry => entry.Id, StringComparer.Ordinal)
                .ToList() ?? [];
            var next = await NextAppointment.OfAsync(db, id, reading.Now.UtcDateTime, token);
            return new View(
                id,
                await db.Patients.AsNoTracking().Where(patient => patient.Id == id).Select(patient => patient.GivenName).SingleAsync(token),
                reading.Now,
                reading.Timeline is null ? null : reading.ToWall(reading.Sessions[0].EndedUtc),
                reading.Timeline?.AllClear,
                [.. bans.Take(Shown)],
                Math.Max(0, bans.Count - Shown),
                next is null ? null : new Visit(next.WallStart, next.Kind, next.Practitioner),
                await OpenReportAsync(id, reading, token),
                await own.OthersAsync(id, token));
        }

        private async Task<OpenReport?> OpenReportAsync(Guid patientId, PatientTimeline.Reading reading, CancellationToken token)
        {
            var report = await db.Complications.AsNoTracking()
                .Where(c => c.PatientId == patientId && c.ReportedByPatient && c.State != ComplicationState.Closed)
                .OrderByDescending(c => c.ReportedUtc)
                .Select(c => new { c.Id, c.Symptom, c.Level, c.ReportedUtc, c.SeenByStaffUtc })
                .FirstOrDefaultAsync(token);
            return report is null
                ? null
                : new OpenReport(report.Id, ComplicationWords.Symptom(book, report.Symptom), report.Level, reading.ToWall(report.ReportedUtc), report.SeenByStaffUtc is not null);
        }
    }
}
