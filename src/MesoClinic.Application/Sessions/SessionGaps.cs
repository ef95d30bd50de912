using System.Globalization;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>Something that the record does not say.</summary>
/// <param name="Needed">Without it the record is not signed; the other gaps are shown in it for ever.</param>
public sealed record SessionGap(string What, bool Needed);

/// <summary>What a record lacks before it is signed. A step that was left out is recorded as left out, not refused: it cannot be made up for.</summary>
internal static class SessionGaps
{
    /// <param name="hasLaterTube">Whether a tube was noted once the injections had begun; one that was replaced before them says nothing of what was used.</param>
    public static IReadOnlyList<SessionGap> Of(Session session, RuleBook book, bool hasLaterTube)
    {
        var gaps = new List<SessionGap>();
        if (LacksPoints(session, book))
        {
            gaps.Add(new SessionGap("Number of points", true));
        }

        if (session is { IsAborted: false, AbortReason: not null })
        {
            gaps.Add(new SessionGap("Stop the session, or clear the reason to stop", true));
        }

        gaps.AddRange(OfMap(session, book).Select(what => new SessionGap(what, false)));
        gaps.AddRange(book.Knowledge.StepsFromNeedle.Where(step => !session.AsepsisDone.Contains(step.Id, StringComparer.Ordinal)).Select(step => new SessionGap(step.Title, false)));
        gaps.AddRange(!hasLaterTube && session is { AnaestheticCream: true, CreamLotId: null } ? [new SessionGap("Lot of the anaesthetic cream", false)] : []);
        gaps.AddRange(session.EndIsAssumed ? [new SessionGap("End of the injections", false)] : []);
        gaps.AddRange(session.PainScore is null ? [new SessionGap("Pain score", false)] : []);
        gaps.AddRange(session.ObservedMinutes is null ? [new SessionGap("Time under observation", false)] : []);
        return gaps;
    }

    /// <summary>Where the needle went, how deep, and as what.</summary>
    private static IEnumerable<string> OfMap(Session session, RuleBook book)
    {
        if (book.IsNeedleFree(session.Technique))
        {
            yield break;
        }

        // A session that was stopped did not come to every area.
        var mapped = session.Areas.SelectMany(area => area.Sites).Where(site => site.Points.Count > 0).ToList();
        foreach (var area in session.Areas.Where(area => mapped.Count > 0 && !session.IsAborted && !area.Sites.Exists(site => site.Points.Count > 0)))
        {
            yield return $"Points: {(book.Areas.TryGetValue(area.Area, out var row) ? row.Title : area.Area).ToLowerInvariant()}";
        }

        if (!session.IsAborted && mapped.Exists(site => !site.Done))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Marked as done: {mapped.Where(site => site.Done).Sum(site => site.Points.Count)} of {mapped.Sum(site => site.Points.Count)} points");
        }

        if (MapCheck.Misfit(session.Technique, mapped.SelectMany(site => site.Points)) is { } marks)
        {
            yield return $"Layout for {book.TitleOf(session.Technique!).ToLowerInvariant()} (the map shows {marks})";
        }

        if (session.DepthMm is null && (mapped.Count == 0 || mapped.Exists(site => site.DepthMm is null)))
        {
            yield return "Depth";
        }
    }

    /// <summary>Whoever injects says how often.</summary>
    public static bool LacksPoints(Session session, RuleBook book) => session.Totals.Points is null && !session.IsAborted && !book.IsNeedleFree(session.Technique);
}
