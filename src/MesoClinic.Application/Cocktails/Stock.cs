using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Takes ampoules out of a lot, and writes each change down. Two people who want the last one are decided by the row itself.</summary>
public sealed class Stock(ClinicDbContext db, CurrentUser user, ClinicTime time)
{
    /// <summary>Runs in the command's transaction.</summary>
    /// <returns>False: the lot has fewer left, and nothing was taken.</returns>
    public async Task<bool> TakeAsync(Guid lotId, int ampoules, StockReason reason, Guid? sessionId, CancellationToken token)
    {
        var taken = await db.Lots.Where(l => l.Id == lotId && l.AmpoulesLeft >= ampoules)
            .ExecuteUpdateAsync(lot => lot.SetProperty(l => l.AmpoulesLeft, l => l.AmpoulesLeft - ampoules).SetProperty(l => l.Version, Guid.NewGuid()), token);
        if (taken == 0)
        {
            return false;
        }

        Note(lotId, reason, -ampoules, await db.Lots.Where(l => l.Id == lotId).Select(l => l.AmpoulesLeft).SingleAsync(token), sessionId: sessionId);
        return true;
    }

    /// <summary>Adds the row; the caller saves it together with the lot.</summary>
    public void Note(Guid lotId, StockReason reason, int change, int left, DateOnly? receivedOn = null, Guid? sessionId = null) => db.StockMovements.Add(new StockMovement
    {
        LotId = lotId, Reason = reason, Change = change, Left = left, ReceivedOn = receivedOn, SessionId = sessionId, AtUtc = time.UtcNow, ById = user.RequiredId,
    });
}
