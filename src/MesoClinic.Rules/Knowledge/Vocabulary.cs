namespace MesoClinic.Rules.Knowledge;

/// <summary>Words that facts and rules share.</summary>
public sealed record Vocabulary
{
    public required IReadOnlyList<Term> EventKinds { get; init; }
    public required IReadOnlyList<Measure> Vitals { get; init; }
    public required IReadOnlyList<Measure> Labs { get; init; }
    public required IReadOnlyList<Symptom> Symptoms { get; init; }
    public required IReadOnlyList<Modifier> Modifiers { get; init; }
    public required IReadOnlyList<Term> AftercareCategories { get; init; }
    public required IReadOnlyList<Meaning> TriageLevels { get; init; }
    public required IReadOnlyList<Meaning> IngredientStatuses { get; init; }
    public required IReadOnlyList<Meaning> Tiers { get; init; }

    /// <summary>Decisions, lowest rank first.</summary>
    public required IReadOnlyList<Decision> Actions { get; init; }
}

public sealed record Term(string Id, string Title) : IRow;

/// <summary>A measured value, its unit fixed.</summary>
public sealed record Measure(string Id, string Title, string Unit) : IRow
{
    /// <summary>Whom it concerns: for everybody else a value that was not measured is not missing.</summary>
    public Condition? OnlyWith { get; init; }
}

/// <summary>What a patient may report, in the patient's words.</summary>
/// <param name="TimedFromSession">It can only last from the session on (open punctures): its onset is counted from the session to now.</param>
public sealed record Symptom(string Id, string Title, string Description, bool TimedFromSession = false) : IRow;

/// <summary>A detail of a reported symptom.</summary>
/// <param name="Title">The question to the patient.</param>
public sealed record Modifier(string Id, string Title, IReadOnlyList<ModifierOption> Options) : IRow;

public sealed record ModifierOption(string Value, string Title);

public sealed record Meaning(string Id, [property: System.Text.Json.Serialization.JsonPropertyName("meaning")] string Text) : IRow;

/// <summary>Where sources disagree (conf-…): what each says, and the safer value that rules.</summary>
public sealed record SourceConflict : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Kind { get; init; }
    public required IReadOnlyList<ConflictValue> Values { get; init; }
    public required string SaferResolution { get; init; }

    /// <summary>Rows of any table.</summary>
    public required IReadOnlyList<string> Affects { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

public sealed record ConflictValue(string Source, string Value);

/// <summary>One statement of the five documents, the rows that carry it, and where the portal uses them.</summary>
public sealed record CoveredStatement : ISourcedRow
{
    public required string Id { get; init; }
    public required string Statement { get; init; }
    public required IReadOnlyList<string> CoveredBy { get; init; }

    /// <summary>"rule:ci-epilepsy" (one of its rows, which fires), "slice:Aftercare/GetAftercare", "page:/me/aftercare".</summary>
    public required IReadOnlyList<string> UsedBy { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}
