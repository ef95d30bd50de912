using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Aftercare;

/// <summary>What a patient's signed sessions ask of them now. The caller has authorised the read.</summary>
public sealed class PatientTimeline(ClinicDbContext db, ClinicTime time, RuleBook book, AftercareBook aftercare)
{
    internal async Task<Reading> ReadAsync(Guid patientId, CancellationToken token)
    {
        var zone = await time.ZoneAsync(token);
        var now = TimeZoneInfo.ConvertTime(new DateTimeOffset(time.UtcNow), zone);
        var sessions = await SignedSessions.SinceAsync(db, patientId, time.UtcNow - SignedSessions.Window(book.Knowledge), token);
        if (sessions.Count == 0)
        {
            return new Reading(now, zone, sessions, null);
        }

        // The same facts as every assessment reads: what is unknown never lifts a ban.
        var patient = await db.Patients.AsNoTracking().AsSplitQuery()
            .Include(p => p.Conditions).Include(p => p.Medications).Include(p => p.Allergies).Include(p => p.Procedures).Include(p => p.Answers).Include(p => p.Measurements)
            .SingleAsync(p => p.Id == patientId, token);
        var today = DateOnly.FromDateTime(now.DateTime);
        var facts = FactsOf.At(patient, today, today, Stage.Visit, book.Knowledge);
        var timeline = AftercareTimeline.For([.. sessions.Select(session => session.Treated(zone))], facts, now, aftercare);

        // After the last ban nothing is left to wait for; the number at hand alone is no timeline.
        return new Reading(now, zone, sessions, timeline.AllClear > now || timeline.Entries.Any(IsForGood) ? timeline : null);
    }

    private static bool IsForGood(TimelineEntry entry) => entry is { Do: false, Until: null, Now: AftercareState.NotAllowed };

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="Sessions">The newest first.</param>
    /// <param name="Timeline">Null: no session whose aftercare still matters.</param>
    internal sealed record Reading(DateTimeOffset Now, TimeZoneInfo Zone, IReadOnlyList<SignedSession> Sessions, AftercareTimeline? Timeline)
    {
        public DateTimeOffset ToWall(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), Zone);
    }
}
