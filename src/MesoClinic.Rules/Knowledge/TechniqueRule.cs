namespace MesoClinic.Rules.Knowledge;

/// <summary>A limit of technique (tr-…). It has no override: what modifies or refuses the plan is absolute.</summary>
public sealed record TechniqueRule : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required Decision Action { get; init; }
    public required Condition Detect { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>Worked examples that the tests run.</summary>
    public IReadOnlyList<RuleExample> Examples { get; init; } = [];
}

/// <summary>Two ingredients that must not, or not without care, meet in one plan (ic-…).</summary>
public sealed record IncompatiblePair : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Kind { get; init; }
    public required PairSeverity Severity { get; init; }
    public required PairSide First { get; init; }
    public required PairSide Second { get; init; }

    /// <summary>Allergens (alg-…) that raise the pair to <see cref="PairSeverity.Block"/> in a patient allergic to one of them.</summary>
    public IReadOnlyList<string> BlocksIfAllergicTo { get; init; } = [];
    public required string Mechanism { get; init; }

    /// <summary>Only where it says more than the mechanism.</summary>
    public string? Rationale { get; init; }
    public required string Advice { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>One side of a pair: these ingredients, whatever contains these allergens, or anything else that is mixed with it.</summary>
public sealed record PairSide
{
    public IReadOnlyList<string> Ingredients { get; init; } = [];
    public IReadOnlyList<string> Allergens { get; init; } = [];

    /// <summary>Skin disinfectants: they are no ingredients, so they never match a plan (for the reader).</summary>
    public IReadOnlyList<string> Disinfectants { get; init; } = [];

    /// <summary>Whatever is mixed with the other side: not what the same product brings, nor what lies on the skin; an excipient once a dose of it goes in from another product.</summary>
    public bool AnyOther { get; init; }
}

/// <summary>Ordered: a block is worse than a caution.</summary>
public enum PairSeverity
{
    Caution,
    Block,
}
