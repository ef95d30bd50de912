using System.Diagnostics;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Conditions;

internal static class Comparisons
{
    /// <param name="order">value.CompareTo(limit).</param>
    public static bool Holds(this Comparison op, int order) => op switch
    {
        Comparison.Eq => order == 0,
        Comparison.Lt => order < 0,
        Comparison.Lte => order <= 0,
        Comparison.Gt => order > 0,
        Comparison.Gte => order >= 0,
        _ => throw new UnreachableException(),
    };

    public static string InWords(this Comparison op) => op switch
    {
        Comparison.Eq => "exactly",
        Comparison.Lt => "less than",
        Comparison.Lte => "at most",
        Comparison.Gt => "more than",
        Comparison.Gte => "at least",
        _ => throw new UnreachableException(),
    };
}
