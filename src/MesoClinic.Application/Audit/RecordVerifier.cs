using System.Data.Common;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>
/// Reads every signed record with its addenda, and every signed consent, and tells which of them is not as it was signed. A hash in the database can be computed anew by whoever changes the row;
/// the audit chain, whose key lies elsewhere, still says which one was signed, and what is no longer there.
/// </summary>
public sealed class RecordVerifier(ClinicDbContext db, TimeProvider clock)
{
    private static readonly string[] OfRecords = [nameof(SignSession), nameof(AddAddendum)];
    private static readonly string[] OfConsents = [nameof(SignConsent), nameof(SignMyConsent)];

    /// <summary>One record at a time: however many there are, only their ids wait in memory.</summary>
    public async Task<RecordCheckRun> VerifyAsync(CancellationToken token)
    {
        var records = await db.Sessions.Where(s => s.SignedUtc != null).OrderBy(s => s.SignedUtc).Select(s => s.Id).ToListAsync(token);
        var consents = await db.Consents.Where(c => c.ContentHash != "").OrderBy(c => c.SignedUtc).Select(c => c.Id).ToListAsync(token);
        var goneRecords = await Sealed(OfRecords).Where(e => !db.Sessions.Any(s => s.Id == e.RecordId && s.SignedUtc != null)).Select(e => e.RecordId!.Value).Distinct().ToListAsync(token);
        var goneConsents = await Sealed(OfConsents).Where(e => !db.Consents.Any(c => c.Id == e.RecordId && c.ContentHash != "")).Select(e => e.RecordId!.Value).Distinct().ToListAsync(token);
        return new RecordCheckRun
        {
            Records = records.Count,
            Consents = consents.Count,
            ChangedRecords = [.. goneRecords, .. await ChangedAsync(records, id => HoldsAsync(id, token))],
            ChangedConsents = [.. goneConsents, .. await ChangedAsync(consents, id => ConsentHoldsAsync(id, token))],
            AtUtc = clock.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>What the chain says was signed, with its hash.</summary>
    private IQueryable<AuditEntry> Sealed(string[] actions) => db.AuditEntries.AsNoTracking().Where(e => actions.Contains(e.Action) && e.Outcome == "Done" && e.RecordId != null && e.Detail != null);

    private async Task<bool> HoldsAsync(Guid id, CancellationToken token)
    {
        var session = await db.Sessions.AsNoTracking().Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).Include(s => s.AnaestheticConsent).Include(s => s.Addenda).AsSplitQuery()
            .SingleAsync(s => s.Id == id, token);
        var seals = await Sealed(OfRecords).Where(e => e.PatientId == session.PatientId && e.RecordId == id).ToListAsync(token);
        return AreSealed(session, seals) && SessionContent.Holds(session, await SessionParts.OfAsync(db, session, token)) && session.Addenda.TrueForAll(addendum => AddendumContent.Holds(addendum, session) != false);
    }

    private static bool AreSealed(Session session, List<AuditEntry> seals)
    {
        var hashes = session.Addenda.ConvertAll(addendum => AuditTrail.SealOf(addendum.ContentHash));
        hashes.Add(AuditTrail.SealOf(session.ContentHash!));

        // Of a record that was signed before the chain told hashes, it tells only those of later addenda.
        return seals.Exists(seal => seal.Action == nameof(SignSession)) ? seals.Select(seal => seal.Detail!).ToHashSet(StringComparer.Ordinal).SetEquals(hashes) : seals.TrueForAll(seal => hashes.Contains(seal.Detail!));
    }

    private async Task<bool> ConsentHoldsAsync(Guid id, CancellationToken token)
    {
        var consent = await db.Consents.AsNoTracking().SingleAsync(c => c.Id == id, token);
        var seals = await Sealed(OfConsents).Where(e => e.PatientId == consent.PatientId && e.RecordId == id).Select(e => e.Detail).ToListAsync(token);
        return ConsentForms.Holds(consent) != false && seals.TrueForAll(seal => seal == AuditTrail.SealOf(consent.ContentHash));
    }

    private static async Task<List<Guid>> ChangedAsync(IEnumerable<Guid> ids, Func<Guid, Task<bool>> holds)
    {
        var changed = new List<Guid>();
        foreach (var id in ids)
        {
            try
            {
                // Twice: an addendum may have come between the two things that are compared.
                if (!await holds(id) && !await holds(id))
                {
                    changed.Add(id);
                }
            }
            catch (Exception error) when (error is not (OperationCanceledException or DbException))
            {
                // What cannot be read any more is not what was signed; the others are still looked at.
                changed.Add(id);
            }
        }

        return changed;
    }
}
