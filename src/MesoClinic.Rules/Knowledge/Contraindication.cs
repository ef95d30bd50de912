using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Knowledge;

/// <summary>One contraindication (ci-…): what fires it, what it demands, what clears it.</summary>
public sealed record Contraindication : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required Tier Tier { get; init; }
    public required Decision Action { get; init; }
    public required Condition Detect { get; init; }
    public required Scope Scope { get; init; }
    public TimeWindow? TimeWindow { get; init; }

    /// <summary>Why, in one sentence that a patient may read.</summary>
    public required string Rationale { get; init; }
    public required string ClearsWhen { get; init; }

    /// <summary>Treatments (alt-…) that this rule leaves open; it does not fire on them.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Treatments that may not be offered while this rule fires, whoever offers them.</summary>
    public IReadOnlyList<string> AlternativesExcluded { get; init; } = [];
    public required OverridePolicy Override { get; init; }

    /// <summary>Disagreements between sources (conf-…) that this rule had to settle.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>Worked examples that the tests run: one that fires, one that does not, one with the fact unknown.</summary>
    public IReadOnlyList<RuleExample> Examples { get; init; } = [];
}

/// <summary>Fires when at least one of <see cref="Any"/> and every one of <see cref="All"/> and none of <see cref="None"/> holds. An empty list asks for nothing.</summary>
public sealed record Condition
{
    public IReadOnlyList<Predicate> Any { get; init; } = [];
    public IReadOnlyList<Predicate> All { get; init; } = [];
    public IReadOnlyList<Predicate> None { get; init; } = [];
}

/// <summary>How far a rule reaches.</summary>
public sealed record Scope
{
    /// <summary>"Injection" in techniques: the rule is ignored for plans without a needle.</summary>
    public const string Injection = "injection";

    public required Extent Extent { get; init; }

    /// <summary>["injection"], or the techniques that the rule is about (for the reader).</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>Ingredients that stay excluded whatever a physician decides (for the reader).</summary>
    public IReadOnlyList<string> Ingredients { get; init; } = [];
}

public enum Extent
{
    WholeBody,

    /// <summary>Conditions and events that name areas count only where these overlap the planned ones.</summary>
    TreatedArea,
    Technique,
    Ingredient,
    Product,
    AlternativesOnly,
}

/// <summary>The time that a rule is about, for the reader; the predicates carry the days that count.</summary>
public sealed record TimeWindow
{
    public required string Kind { get; init; }
    public int? MinDays { get; init; }
    public int? MaxDays { get; init; }
    public string? Note { get; init; }
}

/// <summary>Who may decide against a rule, and when.</summary>
public enum OverridePolicy
{
    /// <summary>Nobody: only correcting the fact.</summary>
    None,

    /// <summary>Nobody until the finding has cleared.</summary>
    NoneUntilCleared,
    PhysicianWithDocumentedReason,
    DermatologistWithDocumentedReason,

    /// <summary>The treating clinician acknowledges it.</summary>
    AnyClinician,

    /// <summary>The rule blocks nothing.</summary>
    NotNeeded,
}

/// <summary>A request and what the rule must say to it.</summary>
public sealed record RuleExample(ExampleOutcome Expect, AssessmentRequest Request);

public enum ExampleOutcome
{
    Fires,
    Silent,
    Unknown,
}
