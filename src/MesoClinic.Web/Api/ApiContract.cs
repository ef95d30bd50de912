using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Web.Api;

// What the endpoints take, for the OpenAPI document. The readers of the slices decide; a test keeps both equal.

internal sealed record AssessBody
{
    [Description("Day of the planned treatment.")]
    public required DateOnly Date { get; init; }

    [Description("At \"start\" every plan field that a rule reads must be present, else the decision is at least incomplete. Without it: visit.")]
    public Stage? Stage { get; init; }

    [Description("Without it: session.")]
    public Purpose? Purpose { get; init; }

    [Description("True: lists, answers, vitals and labs that are not given were asked and are without finding. False or absent: they are unknown.")]
    public bool? HistoryComplete { get; init; }

    [Description("Without it: the clinic's.")]
    public Hemisphere? Hemisphere { get; init; }

    [Range(0, 30)]
    public decimal? UvIndex { get; init; }
    public PatientBody? Patient { get; init; }
    public PlanBody? Plan { get; init; }
}

[Description("What is known of a patient. A list given as null is unknown, even in a complete history.")]
internal sealed record PatientBody
{
    public DateOnly? BirthDate { get; init; }
    public Sex? Sex { get; init; }

    [Range(1, 6)]
    public int? Fitzpatrick { get; init; }

    [Range(1, 700)]
    public decimal? WeightKg { get; init; }
    public IReadOnlyList<ConditionBody>? Conditions { get; init; }
    public IReadOnlyList<MedicationBody>? Medications { get; init; }

    [Description("Ids of the table allergens.")]
    public IReadOnlyList<string>? Allergies { get; init; }

    [Description("By id of the table questions: one of the question's options; true and false mean yes and no; null is unknown.")]
    public IReadOnlyDictionary<string, JsonElement>? Answers { get; init; }

    [Description("By id of the table vitals.")]
    public IReadOnlyDictionary<string, decimal?>? Vitals { get; init; }

    [Description("By id of the table labs.")]
    public IReadOnlyDictionary<string, decimal?>? Labs { get; init; }
    public IReadOnlyList<EventBody>? Events { get; init; }
}

internal sealed record ConditionBody
{
    [RegularExpression(@"^[A-Za-z][0-9]{2}(\.[0-9]{1,2})?$")]
    public required string Icd10 { get; init; }

    [Description("Without it: active.")]
    public ConditionStatus? Status { get; init; }

    [Description("Without areas: everywhere.")]
    public IReadOnlyList<string>? Areas { get; init; }
}

[Description("Named by id, by ATC code, or at least by name; a name alone is not identified.")]
internal sealed record MedicationBody
{
    public string? Id { get; init; }
    public string? Atc { get; init; }

    [MaxLength(500)]
    public string? Name { get; init; }
    public DateOnly? Started { get; init; }

    [Description("A day; \"unknown\" = ended on a day that nobody knows; null or absent = still taken.")]
    public string? LastDose { get; init; }
    public bool? PrescriberConfirmedStop { get; init; }
}

internal sealed record EventBody
{
    [Description("Id of the table eventKinds.")]
    public required string Kind { get; init; }

    [Description("In the past or in the future.")]
    public required DateOnly Date { get; init; }

    [Description("Without areas: everywhere.")]
    public IReadOnlyList<string>? Areas { get; init; }
}

[Description("What is planned. At booking and visit an absent field is not known yet and fires nothing.")]
internal sealed record PlanBody
{
    public string? Indication { get; init; }
    public IReadOnlyList<string>? Areas { get; init; }

    [Description("Id of the table techniques or alternatives.")]
    public string? Technique { get; init; }

    public Administration? Administration { get; init; }

    [Range(0, 10)]
    public decimal? NeedleOuterDiameterMm { get; init; }

    [Range(0, 100)]
    public decimal? DepthMm { get; init; }

    [Range(0, 1000)]
    public decimal? VolumePerInjectionMl { get; init; }

    [Range(0, 1000)]
    public decimal? VolumeTotalMl { get; init; }

    [Range(0, 1440)]
    public int? DurationMin { get; init; }
    public InjectionSpeed? InjectionSpeed { get; init; }

    [Range(1, 10_000)]
    public int? SessionNumber { get; init; }
    public DateOnly? LastSession { get; init; }
    public IReadOnlyList<string>? Ingredients { get; init; }
    [Description("One entry for each product that contains the ingredient.")]
    public IReadOnlyList<DoseBody>? Doses { get; init; }

    [Description("What was injected before. Needed at the start from the second session on, for ingredients that may be given only so often.")]
    public IReadOnlyList<GivenBody>? Given { get; init; }
    public bool? FirstUseOfProduct { get; init; }
    public bool? SkinTestDocumented { get; init; }

    [Description("A planned ingredient reacted in its newest allergy test; absent means no.")]
    public bool? SkinTestReacted { get; init; }

    [Description("Allergens that the labels were checked to be free of.")]
    public IReadOnlyList<string>? LabelVerifiedFreeOf { get; init; }

    [Description("Ingredients of unknown composition whose label was entered and checked.")]
    public IReadOnlyList<string>? LabelCompositionVerified { get; init; }
    public bool? ConsultationDone { get; init; }
    public Setting? Setting { get; init; }
    public bool? ProductTraceable { get; init; }
    public bool? AmpouleOpenedBefore { get; init; }
    public bool? ProductExpired { get; init; }

    [Description("A product comes from a recalled lot. Not given means no.")]
    public bool? ProductRecalled { get; init; }
    public bool? AsepsisComplete { get; init; }
}

internal sealed record DoseBody
{
    public required string Ingredient { get; init; }

    [Range(0, 100_000)]
    public decimal? Mg { get; init; }

    [Range(0, 100_000)]
    public decimal? Ml { get; init; }

    /// <summary>Names the product that brings it, in words or by an id: the same name is the same product.</summary>
    public string? Product { get; init; }
}

internal sealed record GivenBody
{
    public required string Ingredient { get; init; }
    public required DateOnly Date { get; init; }
}

internal enum Administration
{
    TechManual,
    TechDevice,
}

internal enum InjectionSpeed
{
    Slow,
    Fast,
}

internal enum Setting
{
    Clinic,
    Home,
    Self,
    NonClinic,
}

internal sealed record AftercareBody
{
    [Description("Sessions that were done, in any order; several add up.")]
    [MaxLength(100)]
    public required IReadOnlyList<SessionBody> Sessions { get; init; }

    [Description("What the patient is allergic to is never recommended to them.")]
    public PatientBody? Patient { get; init; }

    [Description("The instant asked about. Without it: now.")]
    public DateTimeOffset? At { get; init; }
}

internal sealed record SessionBody
{
    [Description("When the session ended, with the offset. All hours of aftercare count from here.")]
    public required DateTimeOffset End { get; init; }

    [Description("Without areas: not recorded, so what concerns any area applies.")]
    public IReadOnlyList<string>? Areas { get; init; }
    public string? Technique { get; init; }

    [Description("None: nothing was injected. Absent or null: not recorded, so what concerns any ingredient applies.")]
    public IReadOnlyList<string>? Ingredients { get; init; }
}

[Description("What was not said is read at its worst.")]
internal sealed record TriageBody
{
    [Description("Id of the table symptoms.")]
    public required string Symptom { get; init; }

    [Description("Hours from the end of the session to the first sign.")]
    [Range(0, 100_000)]
    public decimal? OnsetHours { get; init; }

    [Description("Hours for which it has lasted.")]
    [Range(0, 100_000)]
    public decimal? DurationHours { get; init; }

    [Description("Not given or null counts as severe.")]
    public Severity? Severity { get; init; }

    [Description("By id of the table modifiers: one of its options; true and false mean yes and no; null is not answered.")]
    public IReadOnlyDictionary<string, JsonElement>? Modifiers { get; init; }
}
