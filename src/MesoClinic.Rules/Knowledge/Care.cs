namespace MesoClinic.Rules.Knowledge;

/// <summary>What to do or leave before a session (pre-…). Hours are relative to its start, negative = before.</summary>
public sealed record PreparationItem : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>True: do it; false: leave it.</summary>
    public required bool Do { get; init; }

    /// <summary>Absent: from now on.</summary>
    public int? FromHours { get; init; }
    public required int ToHours { get; init; }
    public required Strictness Strictness { get; init; }

    /// <summary>The contraindication that it keeps from arising.</summary>
    public string? Rule { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

public enum Strictness
{
    Optional,
    Advisory,
    Strong,
    Mandatory,

    /// <summary>A physician decides.</summary>
    Physician,
}

/// <summary>What to do or leave after a session (ac-…). Hours are relative to its end.</summary>
public sealed record AftercareItem : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Category { get; init; }

    /// <summary>True: do it; false: leave it.</summary>
    public required bool Do { get; init; }
    public required int FromHours { get; init; }
    public required int ToHours { get; init; }
    public required Strictness Strictness { get; init; }

    /// <summary>Areas or groups of areas; none: all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Only after these ingredients; none: after all.</summary>
    public IReadOnlyList<string> Ingredients { get; init; } = [];

    public required AftercareWords Words { get; init; }

    /// <summary>Facts of the patient (allergy, icd10, medication, answer) of which one makes the row apply; none: it applies to everybody. An unknown fact leaves it in force.</summary>
    public IReadOnlyList<Predicate> OnlyFor { get; init; } = [];

    /// <summary>Facts of which one rules the thing out for the patient: it is not recommended, and a ban on it has no end.</summary>
    public IReadOnlyList<Predicate> NotFor { get; init; } = [];

    /// <summary>Other words for some patients.</summary>
    public AftercareVariant? Variant { get; init; }

    /// <summary>What the documents say, where they differ; the safer value rules.</summary>
    public IReadOnlyList<DocumentValue> DocumentValues { get; init; } = [];
    public required string Rationale { get; init; }
    public IReadOnlyList<string> Conflicts { get; init; } = [];
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>How the patient reads it.</summary>
/// <param name="Subject">The thing itself in a few words: it stands under "You may now" as well as under "Not yet".</param>
/// <param name="Text">The whole instruction as a sentence.</param>
/// <param name="Hint">A few words beside the subject.</param>
public sealed record AftercareWords(string Subject, string Text, string? Hint = null);

/// <param name="For">Facts of the patient of which one calls for these words.</param>
public sealed record AftercareVariant(IReadOnlyList<Predicate> For, AftercareWords Words);

public sealed record DocumentValue
{
    public required string Source { get; init; }
    public required int HoursMin { get; init; }
    public int? HoursMax { get; init; }
}

/// <summary>When to look again after a session or a complication (fu-…).</summary>
public sealed record FollowUp : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required int AtHours { get; init; }
    public required string Purpose { get; init; }
    public required string Rationale { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}
