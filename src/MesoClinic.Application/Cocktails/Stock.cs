using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Takes ampoules out of a lot, and writes each change down. Two people who want the last one are decided by the row itself.</summary>
public sealed class Stock(ClinicDbContext db, CurrentUser user, ClinicTime time)
{
    /// <summary>Opens ampoules for a session that begins or goes on; they leave the stock when its record is signed. Runs in the command's transaction.</summary>
    /// <returns>False: the lot has fewer sealed ones, or was recalled this moment; none was opened.</returns>
    public async Task<bool> OpenAsync(Guid lotId, int ampoules, CancellationToken token) =>
        await db.Lots.Where(l => l.Id == lotId && l.AmpoulesLeft - l.AmpoulesOpen >= ampoules && l.RecalledUtc == null)
            .ExecuteUpdateAsync(lot => lot.SetProperty(l => l.AmpoulesOpen, l => l.AmpoulesOpen + ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token) > 0;

    /// <summary>A tube of cream serves many, so none is counted. Its row is held all the same: a recall of this moment waits until the session stands in it, or has come first.</summary>
    /// <returns>False: the tube's lot is recalled.</returns>
    public async Task<bool> HoldTubeAsync(Guid lotId, CancellationToken token) =>
        await db.Lots.Where(l => l.Id == lotId && l.RecalledUtc == null).ExecuteUpdateAsync(lot => lot.SetProperty(l => l.RecalledUtc, l => l.RecalledUtc), token) > 0;

    /// <summary>Opens what a session has used already, of a recalled lot too. Who has used it had it in hand: where the list knows of fewer, it is counted anew.</summary>
    public async Task OpenUsedAsync(Guid lotId, int ampoules, Guid sessionId, CancellationToken token)
    {
        while (await db.Lots.Where(l => l.Id == lotId && l.AmpoulesLeft - l.AmpoulesOpen >= ampoules)
            .ExecuteUpdateAsync(lot => lot.SetProperty(l => l.AmpoulesOpen, l => l.AmpoulesOpen + ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token) == 0)
        {
            // Where a delivery came meanwhile, what it brought must not be counted away: then the row is looked at again.
            var before = await db.Lots.Where(l => l.Id == lotId).Select(l => l.AmpoulesLeft).SingleAsync(token);
            if (await db.Lots.Where(l => l.Id == lotId && l.AmpoulesLeft == before && l.AmpoulesLeft - l.AmpoulesOpen < ampoules).ExecuteUpdateAsync(
                lot => lot.SetProperty(l => l.AmpoulesLeft, l => l.AmpoulesOpen + ampoules).SetProperty(l => l.AmpoulesOpen, l => l.AmpoulesOpen + ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token) > 0)
            {
                var now = await db.Lots.Where(l => l.Id == lotId).Select(l => l.AmpoulesLeft).SingleAsync(token);
                Note(lotId, StockReason.Counted, now - before, now, sessionId: sessionId);
                return;
            }
        }
    }

    /// <summary>What a session had opened leaves the stock.</summary>
    public async Task UseOpenedAsync(Guid lotId, int ampoules, Guid sessionId, CancellationToken token)
    {
        var used = await db.Lots.Where(l => l.Id == lotId).ExecuteUpdateAsync(
            lot => lot.SetProperty(l => l.AmpoulesLeft, l => l.AmpoulesLeft - ampoules).SetProperty(l => l.AmpoulesOpen, l => l.AmpoulesOpen - ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token);
        if (used == 0)
        {
            throw new InvalidOperationException("The lot of a session is gone.");
        }

        await NoteAsync(lotId, StockReason.Session, -ampoules, sessionId, token);
    }

    /// <summary>Takes sealed ampoules: what a session has opened is its own. Runs in the command's transaction.</summary>
    /// <param name="toInject">They go into somebody now: of a lot that was recalled this moment none is taken.</param>
    /// <returns>False: the lot has fewer, or may not be injected, and nothing was taken.</returns>
    public async Task<bool> TakeAsync(Guid lotId, int ampoules, StockReason reason, Guid? sessionId, bool toInject, CancellationToken token)
    {
        var taken = await db.Lots.Where(l => l.Id == lotId && l.AmpoulesLeft - l.AmpoulesOpen >= ampoules && (!toInject || l.RecalledUtc == null))
            .ExecuteUpdateAsync(lot => lot.SetProperty(l => l.AmpoulesLeft, l => l.AmpoulesLeft - ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token);
        if (taken == 0)
        {
            return false;
        }

        await NoteAsync(lotId, reason, -ampoules, sessionId, token);
        return true;
    }

    /// <summary>Adds the row; the caller saves it together with the lot.</summary>
    public void Note(Guid lotId, StockReason reason, int change, int left, DateOnly? receivedOn = null, Guid? sessionId = null) => db.StockMovements.Add(new StockMovement
    {
        LotId = lotId, Reason = reason, Change = change, Left = left, ReceivedOn = receivedOn, SessionId = sessionId, AtUtc = time.UtcNow, ById = user.RequiredId,
    });

    private async Task NoteAsync(Guid lotId, StockReason reason, int change, Guid? sessionId, CancellationToken token) =>
        Note(lotId, reason, change, await db.Lots.Where(l => l.Id == lotId).Select(l => l.AmpoulesLeft).SingleAsync(token), sessionId: sessionId);
}
