using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Matching;

/// <summary>The limits that rules set to one number, sorted, so that a value finds those it passes without looking at the others.</summary>
internal sealed class Thresholds
{
    public static readonly Comparison[] Comparisons = Enum.GetValues<Comparison>();

    private readonly SortedList<decimal, int>[] limits = [.. Comparisons.Select(_ => new SortedList<decimal, int>())];
    private readonly decimal[][] values = [.. Comparisons.Select(_ => Array.Empty<decimal>())];
    private readonly int[][] keys = [.. Comparisons.Select(_ => Array.Empty<int>())];

    /// <summary>The key under which "op limit" is known.</summary>
    public int KeyOf(Comparison op, decimal limit, Func<int> newKey)
    {
        var known = limits[(int)op];
        if (!known.TryGetValue(limit, out var key))
        {
            key = newKey();
            known.Add(limit, key);
        }
        return key;
    }

    /// <summary>No more limits follow.</summary>
    public void Seal()
    {
        for (var op = 0; op < limits.Length; op++)
        {
            values[op] = [.. limits[op].Keys];
            keys[op] = [.. limits[op].Values];
        }
    }

    /// <summary>Keys of the limits of this kind that a value passes.</summary>
    public ReadOnlySpan<int> PassedBy(decimal value, Comparison op)
    {
        var all = keys[(int)op];
        if (all.Length == 0)
        {
            return [];
        }
        var found = Array.BinarySearch(values[(int)op], value);
        var (below, upTo) = found < 0 ? (~found, ~found) : (found, found + 1);
        return op switch
        {
            Comparison.Lt => all.AsSpan(upTo),
            Comparison.Lte => all.AsSpan(below),
            Comparison.Gt => all.AsSpan(0, below),
            Comparison.Gte => all.AsSpan(0, upTo),
            _ => all.AsSpan(below, upTo - below),
        };
    }
}
