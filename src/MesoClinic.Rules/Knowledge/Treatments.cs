namespace MesoClinic.Rules.Knowledge;

/// <summary>A part of the body that is treated, such as "forehead".</summary>
/// <param name="Groups">"face", "scalp", "body", "large".</param>
public sealed record TreatmentArea(string Id, string Title, IReadOnlyList<string> Groups) : IRow;

/// <summary>How the skin is treated (tech-…).</summary>
public sealed record Technique : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required TechniqueKind Kind { get; init; }
    public DepthRange? DepthMm { get; init; }
    public decimal? MaxVolumePerPointMl { get; init; }

    /// <summary>Groups of areas that it is meant for; none: all.</summary>
    public IReadOnlyList<string> AreaGroups { get; init; } = [];
    public required bool FaceAllowed { get; init; }
    public bool DeviceRequired { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

public enum TechniqueKind
{
    Injection,
    NonInjection,

    /// <summary>By hand or by device; goes with an injection technique.</summary>
    Administration,
    Adjunct,
}

/// <summary>What can be done instead (alt-…).</summary>
public sealed record Alternative : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required AlternativeKind Kind { get; init; }

    /// <summary>Its own contraindications in words (for the reader).</summary>
    public IReadOnlyList<string> OwnContraindications { get; init; } = [];

    /// <summary>Rules (ci-…) that, while they apply to the patient, keep it from being offered.</summary>
    public IReadOnlyList<string> NotOfferedWith { get; init; } = [];
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

public enum AlternativeKind
{
    /// <summary>A treatment without needles, which is assessed itself before it is offered.</summary>
    Treatment,

    /// <summary>Advice, such as to wait.</summary>
    Advice,
}

/// <summary>A reason for treatment (ind-…) with its course.</summary>
public sealed record Indication : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> Icd10 { get; init; } = [];
    public int? SessionsMin { get; init; }
    public int? SessionsMax { get; init; }
    public required int IntervalDaysMin { get; init; }
    public int? IntervalDaysMax { get; init; }
    public required IReadOnlyList<string> Techniques { get; init; }
    public IReadOnlyList<string> TypicalIngredients { get; init; } = [];

    /// <summary>When a result can be expected, in words.</summary>
    public string? ExpectedOnset { get; init; }

    /// <summary>The session after which a result can be expected.</summary>
    public int? ResultAfterSessions { get; init; }

    /// <summary>Completed years from which it is treated at all.</summary>
    public required int MinAge { get; init; }

    /// <summary>Beyond these completed years less is to be expected; no prohibition.</summary>
    public int? WeakerEffectAfterAge { get; init; }
    public required string AgeNote { get; init; }

    /// <summary>Where the number of sessions and the interval come from.</summary>
    public required string ProtocolBasis { get; init; }
    public required string IngredientsBasis { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>A step of the asepsis chain; a missing one makes the checklist incomplete.</summary>
public sealed record AsepsisStep : ISourcedRow
{
    public required string Id { get; init; }
    public required int Order { get; init; }
    public required string Title { get; init; }
    public required string Target { get; init; }
    public required string Rationale { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}
