using System.Text.Json.Serialization;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Knowledge;

/// <summary>One thing that a rule looks at. The set is closed: a rule can say only what stands here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Icd10Predicate), "icd10")]
[JsonDerivedType(typeof(AnswerPredicate), "answer")]
[JsonDerivedType(typeof(MedicationPredicate), "medication")]
[JsonDerivedType(typeof(MedicationCountPredicate), "medication-count")]
[JsonDerivedType(typeof(MedicationPairPredicate), "medication-pair")]
[JsonDerivedType(typeof(AllergyPredicate), "allergy")]
[JsonDerivedType(typeof(AllergyCountPredicate), "allergy-count")]
[JsonDerivedType(typeof(EventPredicate), "event")]
[JsonDerivedType(typeof(AgePredicate), "age")]
[JsonDerivedType(typeof(FitzpatrickPredicate), "fitzpatrick")]
[JsonDerivedType(typeof(VitalPredicate), "vital")]
[JsonDerivedType(typeof(LabPredicate), "lab")]
[JsonDerivedType(typeof(UvSeasonPredicate), "uv-season")]
[JsonDerivedType(typeof(PlannedAreaPredicate), "planned-area")]
[JsonDerivedType(typeof(PlannedIndicationPredicate), "planned-indication")]
[JsonDerivedType(typeof(PlannedIngredientPredicate), "planned-ingredient")]
[JsonDerivedType(typeof(PlannedAllergenPredicate), "planned-allergen")]
[JsonDerivedType(typeof(PlannedMinAgePredicate), "planned-ingredient-min-age")]
[JsonDerivedType(typeof(PlannedStatusPredicate), "planned-ingredient-status")]
[JsonDerivedType(typeof(PlannedPairPredicate), "planned-pair")]
[JsonDerivedType(typeof(PlannedDuplicatePredicate), "planned-duplicate")]
[JsonDerivedType(typeof(PlannedDosePredicate), "planned-dose")]
[JsonDerivedType(typeof(GivenWithinPredicate), "given-within")]
[JsonDerivedType(typeof(GivenTimesPredicate), "given-times")]
[JsonDerivedType(typeof(PlanFlagPredicate), "plan-flag")]
[JsonDerivedType(typeof(PlanNumberPredicate), "plan-number")]
[JsonDerivedType(typeof(PlanChoicePredicate), "plan-choice")]
public abstract record Predicate;

/// <summary>A recorded condition whose dotted ICD-10 code starts with a prefix. No statuses: any status counts.</summary>
public sealed record Icd10Predicate : Predicate
{
    public required IReadOnlyList<string> Prefixes { get; init; }
    public IReadOnlyList<string> ExcludePrefixes { get; init; } = [];
    public IReadOnlyList<ConditionStatus> Statuses { get; init; } = [];
}

/// <summary>A question (q-…) or visit check (v-…) answered so.</summary>
public sealed record AnswerPredicate : Predicate
{
    public required string Question { get; init; }
    public required string Is { get; init; }
}

/// <summary>A medicine of a class, an ATC prefix or a row, in a state. Excluded prefixes never match.</summary>
public sealed record MedicationPredicate : Predicate
{
    public IReadOnlyList<string> Classes { get; init; } = [];
    public IReadOnlyList<string> AtcPrefixes { get; init; } = [];
    public IReadOnlyList<string> ExcludeAtcPrefixes { get; init; } = [];
    public IReadOnlyList<string> Medications { get; init; } = [];

    /// <summary>Narrows class matches only; the ATC prefixes are chosen for their level.</summary>
    public IReadOnlyList<PhotoLevel> PhotoLevels { get; init; } = [];
    public required MedicationState State { get; init; }

    /// <summary>For <see cref="MedicationState.WithinDays"/> and <see cref="MedicationState.StoppedUnconfirmed"/>: days since the last dose, strictly fewer.</summary>
    public int? Days { get; init; }
}

public enum MedicationState
{
    /// <summary>Still taken on the day.</summary>
    Current,

    /// <summary>Ended, and fewer days ago than its wash-out.</summary>
    WithinWashout,
    CurrentOrWashout,

    /// <summary>Still taken, or ended fewer than the given days ago.</summary>
    WithinDays,

    /// <summary>Ended fewer than the given days ago, and the prescriber has not confirmed it.</summary>
    StoppedUnconfirmed,
}

/// <summary>At least so many different medicines of these classes.</summary>
public sealed record MedicationCountPredicate : Predicate
{
    public required IReadOnlyList<string> Classes { get; init; }
    public required MedicationState State { get; init; }
    public required int AtLeast { get; init; }
}

/// <summary>One medicine of each class together.</summary>
public sealed record MedicationPairPredicate : Predicate
{
    public required string First { get; init; }
    public required string Second { get; init; }
    public required MedicationState State { get; init; }
}

/// <summary>A recorded allergy to one of these (alg-…).</summary>
public sealed record AllergyPredicate : Predicate
{
    public required IReadOnlyList<string> Allergens { get; init; }
}

public sealed record AllergyCountPredicate : Predicate
{
    public required int AtLeast { get; init; }
}

/// <summary>Something done or planned fewer than so many days away. An event of the same day is both past and future.</summary>
public sealed record EventPredicate : Predicate
{
    public required string Kind { get; init; }
    public required EventDirection Direction { get; init; }
    public required int WithinDays { get; init; }
}

public enum EventDirection
{
    Past,
    Future,
}

/// <summary>Age in completed years on the assessed day.</summary>
public sealed record AgePredicate : Predicate
{
    public required Comparison Op { get; init; }
    public required int Years { get; init; }
}

public enum Comparison
{
    Eq,
    Lt,
    Lte,
    Gt,
    Gte,
}

public sealed record FitzpatrickPredicate : Predicate
{
    public required int AtLeast { get; init; }
}

public sealed record VitalPredicate : Predicate
{
    public required string Name { get; init; }
    public required decimal AtLeast { get; init; }
}

public sealed record LabPredicate : Predicate
{
    public required string Name { get; init; }
    public required decimal AtLeast { get; init; }
}

/// <summary>Strong sun: by month and hemisphere, all year in the tropics, by UV index, or by a planned trip.</summary>
public sealed record UvSeasonPredicate : Predicate
{
    public required IReadOnlyList<int> MonthsNorth { get; init; }
    public required IReadOnlyList<int> MonthsSouth { get; init; }
    public required bool TropicsAllYear { get; init; }
    public required decimal UvIndexAtLeast { get; init; }
    public required string TravelQuestion { get; init; }
}

/// <summary>A planned area is one of these, or belongs to one of these groups.</summary>
public sealed record PlannedAreaPredicate : Predicate
{
    public required IReadOnlyList<string> In { get; init; }
}

public sealed record PlannedIndicationPredicate : Predicate
{
    public required IReadOnlyList<string> NotIn { get; init; }
}

/// <summary>A planned ingredient is one of these or contains one of these allergens. A possible allergen counts until the label was checked to be free of it.</summary>
public sealed record PlannedIngredientPredicate : Predicate
{
    public IReadOnlyList<string> Ingredients { get; init; } = [];
    public IReadOnlyList<string> ContainsAllergens { get; init; } = [];
    public bool DefiniteOnly { get; init; }
}

/// <summary>A planned ingredient contains what the patient is allergic to.</summary>
public sealed record PlannedAllergenPredicate : Predicate;

/// <summary>The patient is younger than the minimum age of a planned ingredient.</summary>
public sealed record PlannedMinAgePredicate : Predicate;

/// <summary>A planned ingredient has one of these statuses.</summary>
public sealed record PlannedStatusPredicate : Predicate
{
    public required IReadOnlyList<IngredientStatus> In { get; init; }

    /// <summary>An ingredient of unknown composition passes once its label composition was entered and checked; a withdrawn or banned one never does.</summary>
    public bool UnlessCompositionVerified { get; init; }
}

/// <summary>Two planned ingredients form a pair of the table whose severity lies in the range.</summary>
public sealed record PlannedPairPredicate : Predicate
{
    public required PairSeverity MinSeverity { get; init; }
    public PairSeverity MaxSeverity { get; init; } = PairSeverity.Block;
}

/// <summary>The same kind of substance is planned twice: two ingredients of these classes or of this list, or one of them in two products.</summary>
public sealed record PlannedDuplicatePredicate : Predicate
{
    public IReadOnlyList<string> Classes { get; init; } = [];
    public IReadOnlyList<string> Ingredients { get; init; } = [];
}

/// <summary>More of one of these ingredients is planned than its row allows in a session.</summary>
public sealed record PlannedDosePredicate : Predicate
{
    public required IReadOnlyList<string> Ingredients { get; init; }
}

/// <summary>One of these ingredients was given fewer than so many days before the day.</summary>
public sealed record GivenWithinPredicate : Predicate
{
    public required IReadOnlyList<string> Ingredients { get; init; }
    public required int Days { get; init; }
}

/// <summary>One of these ingredients was given on at least so many earlier days.</summary>
public sealed record GivenTimesPredicate : Predicate
{
    public required IReadOnlyList<string> Ingredients { get; init; }
    public required int AtLeast { get; init; }
}

public sealed record PlanFlagPredicate : Predicate
{
    public required PlanField Field { get; init; }
    public required bool Is { get; init; }
}

public sealed record PlanNumberPredicate : Predicate
{
    public required PlanField Field { get; init; }
    public required Comparison Op { get; init; }
    public required decimal Value { get; init; }
}

public sealed record PlanChoicePredicate : Predicate
{
    public required PlanField Field { get; init; }
    public required IReadOnlyList<string> In { get; init; }
}
