using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// Brings the lines of a record to what the draft says. Until the injections begin they are replaced freely; from then on lines are only added,
/// opened ampoules do not go back, and a line that was a mistake stays as one: whoever may have received of a lot is found by its recall.
/// </summary>
public sealed class DraftLines(ClinicDbContext db, ClinicTime time)
{
    /// <summary>More than anybody mixes. What was used and is entered afterwards comes on top.</summary>
    public const int MostLines = 20;
    internal const string TooMany = "A cocktail has up to 20 lines.";

    /// <summary>Ampoules that the draft takes beyond what the record has opened already.</summary>
    public sealed record Growth(int Line, Guid LotId, int Ampoules);

    public sealed record Applied(IReadOnlyList<Growth> Opens, Failure? Refusal);

    public async Task<Applied> ApplyAsync(IReadOnlyList<SaveSessionDraft.Line> typed, Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(session);
        if (typed.Count > Math.Max(MostLines, session.Cocktail.Count))
        {
            return new Applied([], new Failure.Invalid(nameof(SaveSessionDraft.Command.Lines), TooMany));
        }

        var wanted = typed.Select(line => line.LotId).ToList();
        var lots = await db.Lots.Include(l => l.Product).Where(l => wanted.Contains(l.Id)).ToDictionaryAsync(l => l.Id, token);
        if (wanted.FindIndex(id => !lots.ContainsKey(id)) is >= 0 and var unknown)
        {
            return new Applied([], new Failure.Invalid($"Lines[{unknown}].LotId", "This lot is not in the clinic's stock."));
        }

        if (wanted.FindIndex(id => lots[id].Product!.IsCream && !session.Cocktail.Exists(line => line.IsBegun && line.LotId == id)) is >= 0 and var cream)
        {
            return new Applied([], new Failure.Invalid($"Lines[{cream}].LotId", SessionReview.CreamPlace));
        }

        return session.StartedUtc is null ? Replace(typed, session, lots) : Add(typed, session, lots, await time.TodayAsync(token));
    }

    /// <summary>Notes the tube of the anaesthetic cream. Whether it may be used is judged at the start, as of the cocktail.</summary>
    public async Task<Failure?> TakeTubeAsync(SaveSessionDraft.Command command, Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(session);
        var wanted = command.AnaestheticCream == true ? command.CreamLotId : null;
        if (wanted != session.CreamLotId)
        {
            var tube = await db.Lots.Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == wanted, token);
            if (wanted is not null && tube?.Product!.IsCream != true)
            {
                return new Failure.Invalid(nameof(SaveSessionDraft.Command.CreamLotId), tube is null ? "This lot is not in the clinic's stock." : $"{tube.Product!.Name} is no anaesthetic cream. Choose one of the list.");
            }

            await KeepReplacedAsync(session, token);
            (session.CreamLotId, session.CreamLot) = (wanted, tube);
        }

        session.CreamTubeEmpty = wanted is not null && command.CreamTubeEmpty;
        return null;
    }

    /// <summary>Who changes a tube because it may not be used has often had it on the skin by then: its recall still finds this patient.</summary>
    private async Task KeepReplacedAsync(Session session, CancellationToken token)
    {
        if (session.CreamLot is { } before && SessionReview.WhyUnusable(before, await time.TodayAsync(token)) is not null
            && !await db.ReplacedTubes.AnyAsync(tube => tube.SessionId == session.Id && tube.LotId == before.Id, token))
        {
            db.ReplacedTubes.Add(new ReplacedTube { SessionId = session.Id, LotId = before.Id, AtUtc = time.UtcNow, ProductName = before.Product!.Name });
        }
    }

    /// <summary>All that the record takes.</summary>
    public static IEnumerable<Growth> Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Cocktail.Select((line, i) => new Growth(i, line.LotId, line.Ampoules));
    }

    /// <summary>Why no further area may be injected: what is in the syringe was recalled meanwhile, and nothing else was mixed since.</summary>
    public static Failure.Invalid? WhyNoFurther(Session session, IReadOnlyList<string> areasBefore)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Areas.Exists(a => !areasBefore.Contains(a.Area, StringComparer.Ordinal))
            && session.Mixed.Find(line => line.IsBegun && line.Lot!.RecalledUtc is not null) is { Lot: { } recalled }
            && !session.Mixed.Exists(line => line.Lot!.RecalledUtc is null && !(line.BegunUtc < recalled.RecalledUtc))
            ? new(nameof(SaveSessionDraft.Command.Areas), $"Lot {recalled.Number} was recalled after the injections began. Add what is injected from now on as a line of its own, or stop the session; what was injected stays on record.")
            : null;
    }

    private static Applied Replace(IReadOnlyList<SaveSessionDraft.Line> typed, Session session, Dictionary<Guid, Lot> lots)
    {
        if (!session.Cocktail.Select(line => line.LotId).SequenceEqual(typed.Select(line => line.LotId)))
        {
            session.Cocktail.Clear();
            session.Cocktail.AddRange(typed.Select((line, i) => LineOf(session, i, lots[line.LotId])));
        }

        foreach (var (line, to) in session.Cocktail.Zip(typed))
        {
            (line.VolumeMl, line.Ampoules) = (to.VolumeMl ?? 0, to.Ampoules ?? 1);
        }

        return new Applied([], null);
    }

    private static Applied Add(IReadOnlyList<SaveSessionDraft.Line> typed, Session session, Dictionary<Guid, Lot> lots, DateOnly today)
    {
        var kept = session.Cocktail.Count;
        for (var i = 0; i < kept; i++)
        {
            if (RefuseChange(session.Cocktail[i], i < typed.Count ? typed[i] : null, i, today) is { } refusal)
            {
                return new Applied([], refusal);
            }
        }

        session.Cocktail.AddRange(typed.Skip(kept).Select((line, i) => LineOf(session, kept + i, lots[line.LotId])));
        var opens = new List<Growth>();
        for (var i = 0; i < typed.Count; i++)
        {
            var (line, ampoules) = (session.Cocktail[i], typed[i].Ampoules ?? 1);
            var more = i < kept ? ampoules - line.Ampoules : ampoules;
            opens.AddRange(more > 0 ? [new Growth(i, line.LotId, more)] : []);
            (line.VolumeMl, line.Ampoules, line.Mistake) = (typed[i].VolumeMl ?? 0, ampoules, i < kept ? typed[i].Mistake?.Trim() : null);
        }

        return kept > 0 && session.Mixed.Count == 0
            ? new Applied([], new Failure.Invalid("Lines[0].Mistake", "Something was injected: say under “A lot is missing” what it was. That marks this line."))
            : new Applied(opens, null);
    }

    private static Failure? RefuseChange(CocktailLine line, SaveSessionDraft.Line? to, int at, DateOnly today)
    {
        var lot = line.Lot!;
        if (to is null || to.LotId != line.LotId)
        {
            return new Failure.Conflict($"Lot {lot.Number} is in the record since the injections began and stays there, so that a recall finds this patient. If nothing of it was injected, mark it as entered by mistake.");
        }

        if ((to.Ampoules ?? 1) < line.Ampoules)
        {
            return new Failure.Invalid($"Lines[{at}].Ampoules", $"Opened ampoules do not go back: at least {line.Ampoules}.");
        }

        if (line.Mistake is not null && to.Mistake is not null && to.Ampoules > line.Ampoules)
        {
            return new Failure.Invalid($"Lines[{at}].Ampoules", "This line does not count. Add what is opened now as a line of its own.");
        }

        return (to.Ampoules > line.Ampoules || to.VolumeMl > line.VolumeMl) && SessionReview.WhyUnusable(lot, today) is { } unusable ? new Failure.Invalid($"Lines[{at}].LotId", unusable) : null;
    }

    private static CocktailLine LineOf(Session session, int position, Lot lot) => new() { SessionId = session.Id, Position = position, LotId = lot.Id, Lot = lot, VolumeMl = 0, Ampoules = 1 };
}
