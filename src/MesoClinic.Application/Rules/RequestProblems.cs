namespace MesoClinic.Application.Rules;

/// <summary>Everything that is wrong with a JSON request, by path such as "plan.ingredients[1]".</summary>
internal sealed class RequestProblems
{
    /// <summary>Beyond this nobody reads on, and a hostile request costs nothing.</summary>
    private const int Most = 100;
    private const int LongestCompared = 60;
    private readonly Dictionary<string, List<string>> byPath = new(StringComparer.Ordinal);
    private int count;

    public bool Any => count > 0;

    public void Add(string path, string message)
    {
        if (count++ >= Most)
        {
            return;
        }

        if (!byPath.TryGetValue(path, out var messages))
        {
            byPath[path] = messages = [];
        }

        messages.Add(message);
    }

    /// <summary>An id that no table holds, with the nearest that they do.</summary>
    public void AddUnknown(string path, string id, IEnumerable<string> known)
    {
        if (count >= Most)
        {
            count++;
            return;
        }

        var compared = id.Length > LongestCompared ? id[..LongestCompared] : id;
        var nearest = known.OrderBy(candidate => Distance(compared, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal).Take(3);
        Add(path, $"Unknown id. The nearest known: {string.Join(", ", nearest)}.");
    }

    public Failure.Invalid ToFailure() => new(byPath.ToDictionary(entry => entry.Key, entry => entry.Value.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));

    /// <summary>Insertions, deletions and substitutions from one word to the other.</summary>
    internal static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
