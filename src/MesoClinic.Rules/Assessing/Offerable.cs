using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Assessing;

/// <summary>An alternative with the rules that decide whether it is offered.</summary>
internal sealed class Offerable(Alternative row, int index, IEnumerable<Rule> rules)
{
    /// <summary>Sets of alternatives are kept as bits.</summary>
    public const int Most = 64;

    public Alternative Row => row;

    /// <summary>Its place among the alternatives.</summary>
    public int Index => index;

    public bool IsAdvice { get; } = row.Kind == AlternativeKind.Advice;

    /// <summary>The rules that its own plan could make say yes, whatever they said of the plan that it replaces. Most need something to inject, and cannot.</summary>
    public Rule[] MayBlock { get; } = [.. rules.Where(rule => rule is { Blocks: true, DependsOnTreatment: true } && rule.Formula.MayHoldFor(row.Id))];

    public static ulong Bits(IEnumerable<int> indexes) => indexes.Aggregate(0UL, (all, index) => all | (1UL << index));
}
