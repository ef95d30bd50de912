using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Complications;

/// <summary>When the clinic should look at a patient again.</summary>
public static class FollowUps
{
    /// <summary>The contacts that follow every session, counted from its end.</summary>
    public static IReadOnlyList<FollowUpDue> ForSession(DateTimeOffset sessionEnd, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return InOrder(knowledge.FollowUps.Select(step => new FollowUpDue(step, sessionEnd.AddHours(step.AtHours))));
    }

    /// <summary>
    /// The contacts that reported complications call for. A contact counts from the session while that instant still lies ahead (the 72-hour limit
    /// of swelling), otherwise from the report: none is due before it was reported, none later than so many hours after it.
    /// </summary>
    /// <param name="complications">Complication ids (cx-…). Without any the earliest contact of the schedule is due: no report stays without one.</param>
    public static IReadOnlyList<FollowUpDue> For(
        IReadOnlyCollection<string> complications, DateTimeOffset sessionEnd, DateTimeOffset reportedAt, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(complications);
        ArgumentNullException.ThrowIfNull(knowledge);
        var asked = knowledge.Complications
            .Where(complication => complications.Contains(complication.Id, StringComparer.Ordinal))
            .SelectMany(complication => complication.FollowUp)
            .ToHashSet(StringComparer.Ordinal);
        var steps = asked.Count > 0
            ? knowledge.FollowUps.Where(step => asked.Contains(step.Id))
            : [knowledge.FollowUps.MinBy(step => step.AtHours)!];
        return InOrder(steps.Select(step =>
        {
            var fromSession = sessionEnd.AddHours(step.AtHours);
            return new FollowUpDue(step, fromSession > reportedAt ? fromSession : reportedAt.AddHours(step.AtHours));
        }));
    }

    private static List<FollowUpDue> InOrder(IEnumerable<FollowUpDue> due) => due.OrderBy(contact => contact.Due).ToList();
}

/// <summary>One contact of the schedule and when it is due.</summary>
public sealed record FollowUpDue(FollowUp Step, DateTimeOffset Due);
