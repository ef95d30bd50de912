namespace MesoClinic.Rules.Aftercare;

/// <summary>An instant at which one or several bans end.</summary>
/// <param name="Main">One of the few that fit on a line: the end of most bans, of the next largest group, and of the last.</param>
/// <param name="Label">"Most things", "Sun, heat", "All clear".</param>
/// <param name="Entries">Ids of the bans that end here.</param>
public sealed record Milestone(DateTimeOffset At, bool Main, string Label, IReadOnlyList<string> Entries)
{
    internal static List<Milestone> Of(List<TimelineEntry> entries, AftercareBook book)
    {
        var ends = entries
            .Where(entry => !entry.Do && entry.Until is not null)
            .GroupBy(entry => entry.Until!.Value)
            .OrderBy(end => end.Key)
            .ToList();
        var earlier = ends.SkipLast(1).OrderByDescending(end => end.Count()).ThenBy(end => end.Key).Take(2).ToList();
        return ends.ConvertAll(end => new Milestone(
            end.Key,
            end == ends[^1] || earlier.Contains(end),
            end == ends[^1] ? "All clear" : end == earlier[0] ? "Most things" : Subjects(end, book),
            end.Select(entry => entry.Id).ToList()));
    }

    /// <summary>The two categories with the most bans, such as "Sun, heat".</summary>
    private static string Subjects(IEnumerable<TimelineEntry> ending, AftercareBook book)
    {
        var label = string.Join(", ", ending
            .GroupBy(entry => entry.Category, StringComparer.Ordinal)
            .OrderByDescending(category => category.Count())
            .ThenByDescending(category => category.Max(entry => entry.Strictness))
            .ThenByDescending(category => category.Key, StringComparer.Ordinal)
            .Take(2)
            .Select(category => book.CategoryTitle(category.Key)));
        return char.ToUpperInvariant(label[0]) + label[1..];
    }
}
