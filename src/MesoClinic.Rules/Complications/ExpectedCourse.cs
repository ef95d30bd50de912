using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Complications;

/// <summary>What belongs to the ordinary course after a session at one instant.</summary>
/// <param name="StillNormal">Complications (cx-…) that may still be there without being a warning sign.</param>
/// <param name="ShouldBeGone">Complications that are ordinary at first but should have passed by now.</param>
public sealed record ExpectedCourse(IReadOnlyList<Complication> StillNormal, IReadOnlyList<Complication> ShouldBeGone)
{
    private const string OrdinaryCourse = "expected-course";

    /// <summary>Counts from the end of the latest session.</summary>
    public static ExpectedCourse At(DateTimeOffset sessionEnd, DateTimeOffset at, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var ordinary = knowledge.Complications
            .Where(complication => complication.ExpectedCourseHours is not null && complication.ProbableCauses.Contains(OrdinaryCourse, StringComparer.Ordinal))
            .ToLookup(complication => at < sessionEnd.AddHours(complication.ExpectedCourseHours!.Value));
        return new ExpectedCourse([.. ordinary[true]], [.. ordinary[false]]);
    }

    /// <summary>When a complication that began at an instant should have passed; null where the tables name no ordinary course.</summary>
    public static DateTimeOffset? EndOf(string complication, DateTimeOffset began, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var row = knowledge.Complications.FirstOrDefault(row => string.Equals(row.Id, complication, StringComparison.Ordinal));
        return row?.ExpectedCourseHours is { } hours ? began.AddHours(hours) : null;
    }
}
