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

    /// <summary>One record at a time: however many there are, only their ids and seals wait in memory.</summary>
    public async Task<RecordCheckRun> VerifyAsync(CancellationToken token)
    {
        // The seals first: whatever has one is there when the ids are read, if it is there at all.
        var (recordSeals, consentSeals) = (await SealsAsync(Sealed(OfRecords), token), await SealsAsync(Sealed(OfConsents), token));
        var records = await db.Sessions.Where(s => s.SignedUtc != null).OrderBy(s => s.SignedUtc).Select(s => s.Id).ToListAsync(token);
        var consents = await db.Consents.Where(c => c.ContentHash != "").OrderBy(c => c.SignedUtc).Select(c => c.Id).ToListAsync(token);
        return new RecordCheckRun
        {
            Records = records.Count,
            Consents = consents.Count,
            ChangedRecords = [.. Gone(recordSeals, records), .. await ChangedAsync(records, OfRecords, recordSeals, (id, seals) => HoldsAsync(id, seals, token), token)],
            ChangedConsents = [.. Gone(consentSeals, consents), .. await ChangedAsync(consents, OfConsents, consentSeals, (id, seals) => ConsentHoldsAsync(id, seals, token), token)],
            AtUtc = clock.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>What the chain says was signed, with its hash.</summary>
    private IQueryable<AuditEntry> Sealed(string[] actions) => db.AuditEntries.AsNoTracking().Where(e => actions.Contains(e.Action) && e.Outcome == "Done" && e.RecordId != null && e.Detail != null);

    /// <summary>By the record alone: one that was moved to another patient still meets its seal.</summary>
    private static async Task<ILookup<Guid, Seal>> SealsAsync(IQueryable<AuditEntry> entries, CancellationToken token) =>
        (await entries.Select(e => new { Id = e.RecordId!.Value, Seal = new Seal(e.Action, e.PatientId, e.Detail!) }).ToListAsync(token)).ToLookup(e => e.Id, e => e.Seal);

    private static IEnumerable<Guid> Gone(ILookup<Guid, Seal> seals, List<Guid> present) => seals.Select(of => of.Key).Except(present);

    private async Task<bool> HoldsAsync(Guid id, List<Seal> seals, CancellationToken token)
    {
        var session = await db.Sessions.AsNoTracking().Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).Include(s => s.AnaestheticConsent).Include(s => s.Addenda).AsSplitQuery()
            .SingleAsync(s => s.Id == id, token);
        return AreSealed(session, seals) && SessionContent.Holds(session, await SessionParts.OfAsync(db, session, token)) && session.Addenda.TrueForAll(addendum => AddendumContent.Holds(addendum, session) != false);
    }

    private static bool AreSealed(Session session, List<Seal> seals)
    {
        var hashes = session.Addenda.ConvertAll(addendum => AuditTrail.SealOf(addendum.ContentHash));
        hashes.Add(AuditTrail.SealOf(session.ContentHash!));

        // Of a record that was signed before the chain told hashes, it tells only those of later addenda.
        return seals.TrueForAll(seal => seal.PatientId == session.PatientId && hashes.Contains(seal.Detail))
            && (!seals.Exists(seal => seal.Action == nameof(SignSession)) || hashes.TrueForAll(hash => seals.Exists(seal => seal.Detail == hash)));
    }

    private async Task<bool> ConsentHoldsAsync(Guid id, List<Seal> seals, CancellationToken token)
    {
        var consent = await db.Consents.AsNoTracking().SingleAsync(c => c.Id == id, token);
        return ConsentForms.Holds(consent) != false && seals.TrueForAll(seal => seal.PatientId == consent.PatientId && seal.Detail == AuditTrail.SealOf(consent.ContentHash));
    }

    private async Task<List<Guid>> ChangedAsync(List<Guid> ids, string[] actions, ILookup<Guid, Seal> seals, Func<Guid, List<Seal>, Task<bool>> holds, CancellationToken token)
    {
        var changed = new List<Guid>();
        foreach (var id in ids)
        {
            // Opened out here: that no connection is to be had says nothing of the record.
            await db.Database.OpenConnectionAsync(token);
            try
            {
                // Twice: an addendum may have come since the seals were read.
                if (!await holds(id, [.. seals[id]]) && !await holds(id, [.. (await SealsAsync(Sealed(actions).Where(e => e.RecordId == id), token))[id]]))
                {
                    changed.Add(id);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException && !DatabaseOutage.Is(error))
            {
                // What cannot be read any more is not what was signed; the others are still looked at.
                changed.Add(id);
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }

        return changed;
    }

    /// <summary>What the chain says of one signature.</summary>
    private sealed record Seal(string Action, Guid? PatientId, string Detail);
}
