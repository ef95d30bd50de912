using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Whom a lot reached: every session whose injections began with it, also one that was stopped or is not signed yet, and every test dose.</summary>
public sealed class RecallReach(ClinicDbContext db)
{
    /// <param name="SessionId">Null for a test dose.</param>
    /// <param name="AtUtc">Start of the injections; null for a test dose, of which only the day is known.</param>
    /// <param name="VolumeMl">Null for a test dose.</param>
    public sealed record Dose(Guid PatientId, Guid? SessionId, DateTime? AtUtc, DateOnly? On, Guid ById, decimal? VolumeMl);

    public sealed record SessionDose
    {
        public required Guid PatientId { get; init; }
        public required Guid SessionId { get; init; }
        public required DateTime AtUtc { get; init; }
        public required Guid ById { get; init; }
        public required decimal VolumeMl { get; init; }
    }

    /// <summary>Starts from the lot's own lines, so that the number of all sessions costs nothing.</summary>
    public static IQueryable<SessionDose> Sessions(ClinicDbContext db, Guid lotId)
    {
        ArgumentNullException.ThrowIfNull(db);
        return from line in db.CocktailLines.AsNoTracking()
               join session in db.Sessions.AsNoTracking() on line.SessionId equals session.Id
               where line.LotId == lotId && session.StartedUtc != null
               select new SessionDose { PatientId = session.PatientId, SessionId = session.Id, AtUtc = session.StartedUtc!.Value, ById = session.PractitionerId, VolumeMl = line.VolumeMl };
    }

    public async Task<List<Dose>> OfAsync(Guid lotId, CancellationToken token)
    {
        var sessions = await Sessions(db, lotId).ToListAsync(token);
        var tests = await db.AllergyTests.AsNoTracking().Where(t => t.LotId == lotId).Select(t => new { t.PatientId, t.AppliedOn, t.AppliedById }).Distinct().ToListAsync(token);
        return [.. sessions.Select(s => new Dose(s.PatientId, s.SessionId, s.AtUtc, null, s.ById, s.VolumeMl)), .. tests.Select(t => new Dose(t.PatientId, null, null, t.AppliedOn, t.AppliedById, null))];
    }

    public async Task<bool> ReachedAsync(Guid lotId, Guid patientId, CancellationToken token) =>
        await Sessions(db, lotId).AnyAsync(s => s.PatientId == patientId, token) || await db.AllergyTests.AnyAsync(t => t.LotId == lotId && t.PatientId == patientId, token);

    /// <summary>What was written down last for each patient decides.</summary>
    public static Dictionary<Guid, RecallContact> Newest(IEnumerable<RecallContact> contacts) =>
        contacts.GroupBy(c => c.PatientId).ToDictionary(group => group.Key, group => group.OrderBy(c => c.AtUtc).ThenBy(c => c.Id).Last());
}
