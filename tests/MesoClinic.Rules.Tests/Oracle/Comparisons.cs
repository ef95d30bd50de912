using System.Diagnostics;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

internal static class Comparisons
{
    public static bool Holds(this Comparison op, decimal value, decimal limit) => op switch
    {
        Comparison.Eq => value == limit,
        Comparison.Lt => value < limit,
        Comparison.Lte => value <= limit,
        Comparison.Gt => value > limit,
        Comparison.Gte => value >= limit,
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
