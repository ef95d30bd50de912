namespace MesoClinic.Rules.Knowledge;

/// <summary>A class of medicines that rules speak of, with the ATC prefixes that put a medicine outside the table into it.</summary>
public sealed record MedicineClass : IRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> AtcPrefixes { get; init; } = [];
    public IReadOnlyList<string> ExcludeAtcPrefixes { get; init; } = [];

    /// <summary>Days of wash-out for members without their own; absent: none is established, only current use counts.</summary>
    public int? DefaultWashoutDays { get; init; }
}

/// <summary>A medicine or supplement (med-…).</summary>
public sealed record Medication : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? GenericName { get; init; }
    public IReadOnlyList<string> Brands { get; init; } = [];

    /// <summary>ATC codes; none for herbs that have none.</summary>
    public IReadOnlyList<string> Atc { get; init; } = [];

    /// <summary>Ids of medicine classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Days after the last dose; absent: the class default.</summary>
    public int? WashoutDays { get; init; }
    public PhotoLevel? PhotoLevel { get; init; }
    public required MedicationRoute Route { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>How strongly a medicine sensitises to light.</summary>
public enum PhotoLevel
{
    Low,
    Moderate,
    High,
}

public enum MedicationRoute
{
    Oral,
    Parenteral,
    Topical,
}

/// <summary>Something people are allergic to (alg-…).</summary>
public sealed record Allergen : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Allergens that somebody allergic to this one is taken to react to as well.</summary>
    public IReadOnlyList<string> CrossReactsWith { get; init; } = [];

    /// <summary>The rule that decides on the cross-reactions instead of the general one, where there is one.</summary>
    public string? CrossReactionRule { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <summary>A condition of the WHO ICD-10, in plain words.</summary>
public sealed record Icd10Code : IRow
{
    /// <summary>Dotted, such as "L40.0".</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }

    /// <summary>Other words that people search by.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public string Id => Code;
}

/// <summary>What a cocktail or an aftercare product may contain (ing-…, exc-…, top-…).</summary>
public sealed record Ingredient : ISourcedRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> Synonyms { get; init; } = [];
    public required string Class { get; init; }

    /// <summary>Whether one of the five documents names it.</summary>
    public required bool InDocuments { get; init; }
    public IReadOnlyList<string> Atc { get; init; } = [];
    public Concentration? UsualConcentration { get; init; }
    public DoseLimit? MaxDosePerSession { get; init; }
    public required InjectionLayer Layer { get; init; }
    public DepthRange? DepthMm { get; init; }
    public IReadOnlyList<string> Allergens { get; init; } = [];

    /// <summary>Contained in some products: counts as contained until the label was checked.</summary>
    public IReadOnlyList<string> AllergensPossible { get; init; } = [];
    public IReadOnlyList<string> Indications { get; init; } = [];

    /// <summary>Rules that are about this ingredient (for the reader).</summary>
    public IReadOnlyList<string> Contraindications { get; init; } = [];
    public int? MinAgeYears { get; init; }
    public string? PhBehaviour { get; init; }
    public required IngredientStatus Status { get; init; }
    public string? StatusNote { get; init; }
    public required string Rationale { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }
}

/// <param name="Unit">"mg/ml" or "mg/g each".</param>
public sealed record Concentration(decimal Min, decimal Max, string Unit);

/// <param name="Unit">"mg" a session, or "mg/kg" of body weight.</param>
/// <param name="MostMg">With a limit by weight: what is never exceeded, however heavy the patient. Null = not named.</param>
public sealed record DoseLimit(decimal Value, string Unit, string Basis, decimal? MostMg = null)
{
    public const string Mg = "mg";
    public const string MgPerKg = "mg/kg";
}

/// <summary>Depth in mm.</summary>
public sealed record DepthRange(decimal Min, decimal Max);

/// <summary>Where in the skin an ingredient belongs.</summary>
public enum InjectionLayer
{
    /// <summary>Not injected by itself (an excipient).</summary>
    None,
    Intradermal,
    DeepDermalOrSubcutaneous,
    Subcutaneous,
    Intramuscular,
    Topical,
    Oral,
}

/// <summary>Where an ingredient stands with the regulators (vocabulary.json explains each).</summary>
public enum IngredientStatus
{
    AuthorisedMedicineOtherRoute,
    MedicalDevice,
    CompositionPerLabel,
    CompositionUnknown,
    Withdrawn,
    BannedInCompounding,
    NotForInjection,
    NotApprovedForThisUse,
    UnverifiedInjectable,
    Excipient,
    TopicalAftercare,
    AftercareMedicine,
}
