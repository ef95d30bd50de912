using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>Something that the record does not say.</summary>
/// <param name="Needed">Without it the record is not signed; the other gaps are shown in it for ever.</param>
public sealed record SessionGap(string What, bool Needed);

/// <summary>What a record lacks before it is signed. A step that was left out is recorded as left out, not refused: it cannot be made up for.</summary>
internal static class SessionGaps
{
    public static IReadOnlyList<SessionGap> Of(Session session, RuleBook book)
    {
        var gaps = new List<SessionGap>();
        if (LacksPoints(session, book))
        {
            gaps.Add(new SessionGap("Number of points", true));
        }

        gaps.AddRange(StepsAfterNeedle(book.Knowledge).Where(step => !session.AsepsisDone.Contains(step.Id, StringComparer.Ordinal)).Select(step => new SessionGap(step.Title, false)));
        gaps.AddRange(session is { AnaestheticCream: true, CreamLotId: null } ? [new SessionGap("Lot of the anaesthetic cream", false)] : []);
        gaps.AddRange(session.PainScore is null ? [new SessionGap("Pain score", false)] : []);
        gaps.AddRange(session.ObservedMinutes is null ? [new SessionGap("Time under observation", false)] : []);
        return gaps;
    }

    /// <summary>Whoever injects says how often.</summary>
    public static bool LacksPoints(Session session, RuleBook book) => session.Totals.Points is null && !session.IsAborted && !book.IsNeedleFree(session.Technique);

    private static IEnumerable<AsepsisStep> StepsAfterNeedle(KnowledgeBase knowledge) =>
        knowledge.AsepsisSteps.Except(SessionPlan.StepsBeforeNeedle(knowledge)).OrderBy(step => step.Order);
}
