using System.Text.Json.Serialization;

namespace MesoClinic.Rules.Knowledge;

/// <summary>All tables of <c>seeds/</c>, as loaded: references hold, ids are unique.</summary>
public sealed record KnowledgeBase
{
    public required IReadOnlyList<Source> Sources { get; init; }
    public required Vocabulary Vocabulary { get; init; }
    public required IReadOnlyList<TreatmentArea> Areas { get; init; }
    public required QuestionTable Questions { get; init; }
    public required IReadOnlyList<Contraindication> Contraindications { get; init; }
    public required IReadOnlyList<TechniqueRule> TechniqueRules { get; init; }
    public required IReadOnlyList<IncompatiblePair> IncompatiblePairs { get; init; }
    public required IReadOnlyList<Alternative> Alternatives { get; init; }
    public required IReadOnlyList<Technique> Techniques { get; init; }
    public required IReadOnlyList<Indication> Indications { get; init; }
    public required IReadOnlyList<MedicineClass> MedicineClasses { get; init; }
    public required IReadOnlyList<Medication> Medications { get; init; }
    public required IReadOnlyList<Allergen> Allergens { get; init; }

    /// <summary>Conditions that the picker offers; a well-formed code outside the table counts as well.</summary>
    public required IReadOnlyList<Icd10Code> Icd10 { get; init; }
    public required IReadOnlyList<Ingredient> Ingredients { get; init; }
    public required IReadOnlyList<AsepsisStep> AsepsisSteps { get; init; }
    public required IReadOnlyList<PreparationItem> Preparation { get; init; }
    public required IReadOnlyList<AftercareItem> Aftercare { get; init; }
    public required IReadOnlyList<Complication> Complications { get; init; }
    public required IReadOnlyList<Cause> Causes { get; init; }
    public required IReadOnlyList<Grade> Grades { get; init; }
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }
    public required IReadOnlyList<TriageRule> Triage { get; init; }
    public required IReadOnlyList<SourceConflict> Conflicts { get; init; }
    public required IReadOnlyList<CoveredStatement> SeedCoverage { get; init; }

    /// <summary>The steps of the asepsis chain up to the injection itself, in their order.</summary>
    [JsonIgnore]
    public IEnumerable<AsepsisStep> StepsBeforeNeedle => AsepsisSteps.Where(step => step.Order < Injection).OrderBy(step => step.Order);

    /// <summary>The injection and what follows it, in their order.</summary>
    [JsonIgnore]
    public IEnumerable<AsepsisStep> StepsFromNeedle => AsepsisSteps.Where(step => step.Order >= Injection).OrderBy(step => step.Order);

    private int Injection => AsepsisSteps.Where(step => string.Equals(step.Target, "technique", StringComparison.Ordinal)).Min(step => step.Order);
}
