namespace MesoClinic.Rules.Knowledge;

/// <summary>Something that can go wrong (cx-…), or the ordinary course that looks like it.</summary>
public sealed record Complication : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>"nonspecific" (the needle) or "specific" (the product).</summary>
    public required string Group { get; init; }
    public int? ExpectedCourseHours { get; init; }
    public IReadOnlyList<string> RedFlags { get; init; } = [];
    public required TriageLevel TriageLevel { get; init; }
    public IReadOnlyList<string> SelfCare { get; init; } = [];
    public required IReadOnlyList<string> ProbableCauses { get; init; }
    public Ctcae? Ctcae { get; init; }
    public int? MeddraCode { get; init; }
    public string? Icd10 { get; init; }
    public required IReadOnlyList<string> FollowUp { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <param name="Grades">Meaning of each grade, "1" to "4".</param>
public sealed record Ctcae(string Term, IReadOnlyDictionary<string, string> Grades);

/// <summary>Why a complication came about.</summary>
public sealed record Cause : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>A grade of severity, 1 to 5.</summary>
public sealed record Grade : ISourcedRow
{
    public required string Id { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("grade")]
    public required int Number { get; init; }
    public required string Meaning { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>How urgent a report is, ranked: the highest wins.</summary>
public enum TriageLevel
{
    SelfCare,
    CallClinic,
    SeeDoctorToday,
    Emergency,
}

/// <summary>What a reported symptom means (tg-…).</summary>
public sealed record TriageRule : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Symptom { get; init; }
    public HoursRange? DurationHours { get; init; }
    public HoursRange? OnsetHours { get; init; }

    /// <summary>None: any. A severity that was not reported counts as severe.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>Modifier → values of which one must have been reported.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> MatchModifiers { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Whether the rule matches when a modifier that it asks for was not reported.</summary>
    public bool MatchesWhenModifierMissing { get; init; }

    /// <summary>Modifier reported "yes" → level instead.</summary>
    public IReadOnlyDictionary<string, TriageLevel> EscalateTo { get; init; } = new Dictionary<string, TriageLevel>(StringComparer.Ordinal);
    public IReadOnlyDictionary<string, TriageLevel> DeescalateTo { get; init; } = new Dictionary<string, TriageLevel>(StringComparer.Ordinal);
    public required TriageLevel Level { get; init; }

    /// <summary>What to do, one step a sentence, to the patient.</summary>
    public required IReadOnlyList<string> Advice { get; init; }
    public IReadOnlyList<string> Complications { get; init; } = [];

    /// <summary>Order among rules of the same level, lowest first.</summary>
    public required int Priority { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

public enum Severity
{
    Mild,
    Moderate,
    Severe,
}

/// <summary>Bounds in hours; an absent one is open.</summary>
public sealed record HoursRange
{
    public decimal? Gt { get; init; }
    public decimal? Gte { get; init; }
    public decimal? Lt { get; init; }
    public decimal? Lte { get; init; }

    public bool Contains(decimal hours) => !(hours <= Gt) && !(hours < Gte) && !(hours >= Lt) && !(hours > Lte);
}
