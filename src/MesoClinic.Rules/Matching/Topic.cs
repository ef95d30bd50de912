namespace MesoClinic.Rules.Matching;

/// <summary>Kinds of facts that rules wait for.</summary>
internal enum Topic
{
    /// <summary>Prefix of an ICD-10 code.</summary>
    Icd10,

    /// <summary>Prefix of an ATC code.</summary>
    Atc,
    MedicineClass,
    Medication,

    /// <summary>An allergy of the patient.</summary>
    Allergen,
    EventKind,

    /// <summary>"question=answer", or "question=?" for one whose answer is not known.</summary>
    Answer,
    Ingredient,

    /// <summary>An ingredient that was injected before.</summary>
    Given,

    /// <summary>An allergen that a planned ingredient certainly or possibly contains.</summary>
    Contains,
    ContainsForCertain,
    IngredientStatus,

    /// <summary>A planned area, or a group that it belongs to.</summary>
    Area,

    /// <summary>"field=value" of the plan, or "field=?" for one that must be known and is not.</summary>
    Plan,

    /// <summary>"north 3": the third month in the northern hemisphere.</summary>
    Season,

    /// <summary>A limit that a number has passed.</summary>
    Limit,

    /// <summary>Facts that have no name of their own: a list that is not known, a medicine that is not identified.</summary>
    Other,
}
