using System.Runtime.InteropServices;

namespace MesoClinic.Rules.Facts;

/// <summary>What is known of a patient, before it meets a plan. A null list was never reviewed: unknown, not empty.</summary>
public sealed record PatientFacts
{
    public static readonly IReadOnlyDictionary<string, string?> NoAnswers = new Dictionary<string, string?>(StringComparer.Ordinal);

    public DateOnly? BirthDate { get; init; }
    public Sex Sex { get; init; } = Sex.Unknown;

    /// <summary>Fitzpatrick phototype, 1 to 6.</summary>
    public int? Fitzpatrick { get; init; }
    public decimal? WeightKg { get; init; }
    public IReadOnlyList<ConditionFact>? Conditions { get; init; }
    public IReadOnlyList<MedicationFact>? Medications { get; init; }

    /// <summary>Allergen ids (alg-…).</summary>
    public IReadOnlyList<string>? Allergies { get; init; }

    /// <summary>Answers to questions (q-…) and visit checks (v-…) by id: "yes", "no" or one of the question's options. A listed null is unknown.</summary>
    public IReadOnlyDictionary<string, string?> Answers { get; init; } = NoAnswers;

    /// <summary>temperature_c (°C), systolic_mmhg, diastolic_mmhg (mmHg).</summary>
    public IReadOnlyDictionary<string, decimal?> Vitals { get; init; } = new Dictionary<string, decimal?>(StringComparer.Ordinal);

    /// <summary>hba1c_mmol_mol (mmol/mol).</summary>
    public IReadOnlyDictionary<string, decimal?> Labs { get; init; } = new Dictionary<string, decimal?>(StringComparer.Ordinal);
    public IReadOnlyList<EventFact>? Events { get; init; }

    /// <summary>
    /// Lists ("conditions", "medications", "allergies", "procedures") whose review has expired: what stands on them still counts,
    /// but what does not stand on them is unknown.
    /// </summary>
    public IReadOnlyList<string> IncompleteLists { get; init; } = [];
}

public enum Sex
{
    Unknown,
    Female,
    Male,
    Other,
}

/// <param name="Icd10">Dotted WHO ICD-10 code, such as "G40.9".</param>
/// <param name="Areas">Treatment areas that it concerns; null or empty = the whole body.</param>
public sealed record ConditionFact(string Icd10, ConditionStatus Status = ConditionStatus.Active, IReadOnlyList<string>? Areas = null);

public enum ConditionStatus
{
    Active,
    Chronic,
    Controlled,
    History,
}

/// <summary>A medicine: by row of the tables, by ATC code, or by name only (then it is not identified).</summary>
public sealed record MedicationFact
{
    /// <summary>Row of the medication table (med-…).</summary>
    public string? Id { get; init; }
    public string? Atc { get; init; }
    public string? Name { get; init; }
    public DateOnly? Started { get; init; }
    public LastDose LastDose { get; init; } = LastDose.StillTaken;
    public bool? PrescriberConfirmedStop { get; init; }
}

/// <summary>When a medicine was taken last: still taken, on a known day, or ended on a day that nobody knows.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LastDose(LastDoseKind Kind, DateOnly Date)
{
    public static readonly LastDose StillTaken = new(LastDoseKind.StillTaken, default);
    public static readonly LastDose Unknown = new(LastDoseKind.Unknown, default);

    public static LastDose On(DateOnly date) => new(LastDoseKind.OnDate, date);
}

public enum LastDoseKind
{
    StillTaken,
    OnDate,
    Unknown,
}

/// <summary>Something done or planned on a day: a peel, a vaccination, a social event.</summary>
/// <param name="Kind">One of vocab.event_kinds, such as "botulinum-toxin".</param>
/// <param name="Areas">Treatment areas that it concerns; null or empty = everywhere.</param>
public sealed record EventFact(string Kind, DateOnly Date, IReadOnlyList<string>? Areas = null);
