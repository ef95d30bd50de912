namespace MesoClinic.Rules.Knowledge;

/// <summary>What a rule can read of a plan. Written as in a request: "volumeTotalMl".</summary>
public enum PlanField
{
    Technique,
    Administration,
    Setting,
    InjectionSpeed,
    NeedleOuterDiameterMm,
    VolumePerInjectionMl,
    VolumeTotalMl,
    DurationMin,
    SessionNumber,
    FirstUseOfProduct,
    SkinTestDocumented,

    /// <summary>The newest allergy test of a planned ingredient showed a reaction. A reaction is known when there is one: not given means no.</summary>
    SkinTestReacted,
    ConsultationDone,
    ProductTraceable,
    AmpouleOpenedBefore,
    ProductExpired,

    /// <summary>A product comes from a lot that was recalled. Nobody recalls a lot silently: not given means no.</summary>
    ProductRecalled,
    AsepsisComplete,

    /// <summary>Derived: days from the last session to the assessed day.</summary>
    DaysSinceLastSession,

    /// <summary>Derived: how many ingredients are planned.</summary>
    IngredientCount,

    /// <summary>Derived: a planned area belongs to the face.</summary>
    AreasAnyFace,

    /// <summary>Derived: there are planned areas and all belong to the face.</summary>
    AreasAllFace,

    /// <summary>Derived: a planned area is large.</summary>
    LargeBodyArea,

    /// <summary>Derived: an ingredient for a deeper layer is planned with a technique that does not reach it.</summary>
    LayerMismatch,

    /// <summary>Derived: the history was declared complete, or the allergies were listed.</summary>
    HistoryComplete,
}
