using MesoClinic.Application.Cocktails;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>What a session opens, uses and empties, as the stock keeps it. Lots are taken always in the same order, so that two sessions with the same two lots wait for each other instead of blocking each other.</summary>
public sealed class SessionStock(Stock stock)
{
    /// <summary>Opens what the record takes; the rows themselves decide between two people who want the last ampoule.</summary>
    public async Task<Failure?> OpenAsync(Session session, IEnumerable<DraftLines.Growth> growth, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach (var (lot, ampoules, first) in ByLot(growth))
        {
            if (!await stock.OpenAsync(lot, ampoules, token))
            {
                return new Failure.Invalid($"Lines[{first}].LotId", $"Lot {session.Cocktail[first].Lot!.Number} has fewer ampoules left by now, or was recalled this moment. Look at it again, and take another lot.");
            }
        }

        return null;
    }

    /// <summary>Before the needle goes through skin that had the cream on it.</summary>
    /// <returns>False: the tube's lot was recalled this moment.</returns>
    public async Task<bool> HoldTubeAsync(Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.CreamLotId is not { } tube || await stock.HoldTubeAsync(tube, token);
    }

    /// <summary>With the signature. The ampoules were opened with the record, so they are there: nothing else can have taken them.</summary>
    public async Task UseAsync(Session session, CancellationToken token)
    {
        foreach (var (lot, ampoules, _) in ByLot(DraftLines.Of(session)))
        {
            await stock.UseOpenedAsync(lot, ampoules, session.Id, token);
        }

        await TakeEmptiedTubeAsync(session, token);
    }

    /// <summary>Where nothing was injected: what was opened is gone all the same, and so is a tube that was emptied on the skin.</summary>
    public async Task<Failure?> TakeUnusedAsync(Session session, bool ampoulesOpened, CancellationToken token)
    {
        foreach (var (lot, ampoules, first) in ampoulesOpened ? ByLot(DraftLines.Of(session)) : [])
        {
            if (!await stock.TakeAsync(lot, ampoules, StockReason.OpenedUnused, session.Id, toInject: false, token))
            {
                return new Failure.Conflict($"Lot {session.Cocktail[first].Lot!.Number} has fewer than {ampoules} ampoules in stock. Compare the lot number with the ampoule, or leave the tick away and tell a manager.");
            }
        }

        await TakeEmptiedTubeAsync(session, token);
        return null;
    }

    /// <summary>A tube serves many patients: only the last one takes it, and nothing fails on the count of tubes.</summary>
    private async Task TakeEmptiedTubeAsync(Session session, CancellationToken token)
    {
        if (session is { CreamTubeEmpty: true, CreamLotId: { } tube })
        {
            await stock.TakeAsync(tube, 1, StockReason.Session, session.Id, toInject: false, token);
        }
    }

    private static IEnumerable<(Guid Lot, int Ampoules, int FirstLine)> ByLot(IEnumerable<DraftLines.Growth> growth) =>
        growth.GroupBy(g => g.LotId).OrderBy(lines => lines.Key).Select(lines => (lines.Key, lines.Sum(g => g.Ampoules), lines.First().Line));
}
