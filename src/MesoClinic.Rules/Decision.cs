namespace MesoClinic.Rules;

/// <summary>What may happen with a plan, ranked: the worst finding decides. The order of the members is the rank (decision_model.actions_ranked_low_to_high).</summary>
public enum Decision
{
    /// <summary>Nothing speaks against the plan.</summary>
    Allow,

    /// <summary>May proceed with the listed measure, which the clinician acknowledges.</summary>
    AllowWithCaution,

    /// <summary>Needs a physician's documented reason, which expires with the appointment.</summary>
    PhysicianReview,

    /// <summary>A fact that matters is unknown; unknown is never read as "no".</summary>
    Incomplete,

    /// <summary>The plan as entered is blocked, the patient is not: change the ingredient, technique or product.</summary>
    ModifyPlan,

    /// <summary>Not today: wait until the finding has cleared.</summary>
    Postpone,

    /// <summary>Absolute: no override exists, only correcting the fact.</summary>
    Refuse,
}
