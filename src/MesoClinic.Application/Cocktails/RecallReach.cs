using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Whom a lot reached: every session whose injections began with it, also one that was stopped, is not signed yet or calls the line a mistake, every session before which it lay on the skin as a cream,
/// also one that was given up before the needle or whose record had the tube replaced by another, every session whose addendum names it,
/// and every test dose.
/// </summary>
public sealed class RecallReach(ClinicDbContext db, ClinicTime time)
{
    /// <param name="AtUtc">When the injections began with it, or, of a cream, the record was left or the tube replaced; of a test dose the beginning of its day.</param>
    public sealed record Reached(Guid PatientId, DateTime AtUtc);

    public enum How
    {
        Injected,

        /// <summary>The record says that nothing of it was injected.</summary>
        EnteredByMistake,

        /// <summary>A cream on the skin before the injections.</summary>
        Cream,
        NamedInAddendum,
        TestDose,
    }

    /// <param name="SessionId">Null for a test dose.</param>
    /// <param name="AtUtc">Null for a test dose, of which only the day is known: <paramref name="On"/>.</param>
    /// <param name="VolumeMl">Null where the record gives none.</param>
    public sealed record Dose(Guid PatientId, How How, Guid? SessionId, DateTime? AtUtc, DateOnly? On, Guid ById, decimal? VolumeMl);

    /// <summary>The lot's own lines, of whose index one stretch holds all that is asked first: the number of all sessions costs nothing.</summary>
    public static IQueryable<Reached> Lines(ClinicDbContext db, Guid lotId)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Begun(db, lotId).Select(line => new Reached(line.PatientId!.Value, line.BegunUtc!.Value));
    }

    /// <summary>Sessions in which it was used, each once: injected, on the skin, or named in an addendum.</summary>
    public async Task<int> SessionsAsync(Guid lotId, CancellationToken token) =>
        await Begun(db, lotId).Where(line => line.Mistake == null).Select(line => line.SessionId)
            .Union((await CreamsAsync(lotId, token)).Select(cream => cream.SessionId))
            .Union(db.Set<Addendum>().Where(a => a.LotId == lotId && db.Sessions.Any(s => s.Id == a.SessionId && s.StartedUtc != null)).Select(a => a.SessionId))
            .CountAsync(token);

    /// <summary>Everybody, once for each time.</summary>
    public async Task<List<Reached>> OfAsync(Guid lotId, CancellationToken token)
    {
        var tests = await db.AllergyTests.AsNoTracking().Where(t => t.LotId == lotId).Select(t => new { t.PatientId, t.AppliedOn }).Distinct().ToListAsync(token);
        return
        [
            .. await Lines(db, lotId).ToListAsync(token),
            .. await (await CreamsAsync(lotId, token)).Select(cream => new Reached(cream.PatientId, cream.AtUtc)).ToListAsync(token),
            .. await Addenda(lotId).Select(a => new Reached(a.Session.PatientId, a.Session.StartedUtc!.Value)).ToListAsync(token),
            .. tests.Select(t => new Reached(t.PatientId, t.AppliedOn.ToDateTime(TimeOnly.MinValue))),
        ];
    }

    /// <summary>What these patients received of it, and from whom.</summary>
    public async Task<List<Dose>> DosesAsync(Guid lotId, IReadOnlyList<Guid> patients, CancellationToken token)
    {
        Guid?[] ids = [.. patients];
        var lines = await Begun(db, lotId).Where(line => ids.Contains(line.PatientId))
            .Join(db.Sessions, line => line.SessionId, session => session.Id, (line, session) => new { line.PatientId, line.SessionId, line.BegunUtc, line.Mistake, session.PractitionerId, line.VolumeMl }).ToListAsync(token);
        var creams = await (await CreamsAsync(lotId, token)).Where(cream => patients.Contains(cream.PatientId)).ToListAsync(token);
        var addenda = await Addenda(lotId).Where(a => ids.Contains(a.Session.PatientId)).Select(a => new { a.Session.PatientId, a.Session.Id, a.Session.StartedUtc, a.Session.PractitionerId }).Distinct().ToListAsync(token);
        var tests = await db.AllergyTests.AsNoTracking().Where(t => t.LotId == lotId && ids.Contains(t.PatientId)).Select(t => new { t.PatientId, t.AppliedOn, t.AppliedById }).Distinct().ToListAsync(token);
        return
        [
            .. lines.Select(l => new Dose(l.PatientId!.Value, l.Mistake is null ? How.Injected : How.EnteredByMistake, l.SessionId, l.BegunUtc, null, l.PractitionerId, l.VolumeMl)),
            .. creams.Select(s => new Dose(s.PatientId, How.Cream, s.SessionId, s.AtUtc, null, s.PractitionerId, null)),
            .. addenda.Select(a => new Dose(a.PatientId, How.NamedInAddendum, a.Id, a.StartedUtc, null, a.PractitionerId, null)),
            .. tests.Select(t => new Dose(t.PatientId, How.TestDose, null, null, t.AppliedOn, t.AppliedById, null)),
        ];
    }

    public async Task<bool> ReachedAsync(Guid lotId, Guid patientId, CancellationToken token) =>
        await Begun(db, lotId).AnyAsync(line => line.PatientId == patientId, token) || await Addenda(lotId).AnyAsync(a => a.Session.PatientId == patientId, token)
        || await (await CreamsAsync(lotId, token)).AnyAsync(s => s.PatientId == patientId, token) || await db.AllergyTests.AnyAsync(t => t.LotId == lotId && t.PatientId == patientId, token);

    /// <summary>What was written down last for each patient decides.</summary>
    public static Dictionary<Guid, RecallContact> Newest(IEnumerable<RecallContact> contacts) =>
        contacts.GroupBy(c => c.PatientId).ToDictionary(group => group.Key, group => group.OrderBy(c => c.AtUtc).ThenBy(c => c.Id).Last());

    private static IQueryable<CocktailLine> Begun(ClinicDbContext db, Guid lotId) => db.CocktailLines.AsNoTracking().Where(line => line.LotId == lotId && line.BegunUtc != null);

    /// <summary>What is noted is on the skin already: it counts from the start on, and where the session came to no start. A record in work is still written; once the day of its appointment is past it was left behind, whatever the appointment says.</summary>
    private async Task<IQueryable<OnSkin>> CreamsAsync(Guid lotId, CancellationToken token)
    {
        var midnight = (await time.TodayAsync(token)).ToDateTime(TimeOnly.MinValue);
        return db.Sessions.AsNoTracking().Where(s => s.CreamLotId == lotId && (s.StartedUtc != null || s.AbortedUtc != null || s.Appointment!.State != AppointmentState.CheckedIn || s.Appointment.WallStart < midnight))
            .Select(s => new OnSkin { PatientId = s.PatientId, SessionId = s.Id, AtUtc = s.StartedUtc ?? s.AbortedUtc ?? s.OpenedUtc, PractitionerId = s.PractitionerId })
            .Concat(db.ReplacedTubes.AsNoTracking().Where(tube => tube.LotId == lotId)
                .Join(db.Sessions, tube => tube.SessionId, s => s.Id, (tube, s) => new OnSkin { PatientId = s.PatientId, SessionId = s.Id, AtUtc = tube.AtUtc, PractitionerId = s.PractitionerId }));
    }

    private IQueryable<Named> Addenda(Guid lotId) =>
        db.Set<Addendum>().AsNoTracking().Where(a => a.LotId == lotId).Join(db.Sessions.AsNoTracking().Where(s => s.StartedUtc != null), a => a.SessionId, s => s.Id, (a, s) => new Named { Session = s });

    private sealed record OnSkin
    {
        public required Guid PatientId { get; init; }
        public required Guid SessionId { get; init; }
        public required DateTime AtUtc { get; init; }
        public required Guid PractitionerId { get; init; }
    }

    private sealed record Named
    {
        public required Session Session { get; init; }
    }
}
