namespace MesoClinic.Rules.Assessing;

/// <summary>Technique limits and incompatible pairs carry no tier: their action says how firm they are.</summary>
internal static class Tiers
{
    public static Tier Of(Decision action) => action switch
    {
        Decision.ModifyPlan or Decision.Refuse => Tier.Absolute,
        Decision.PhysicianReview => Tier.Relative,
        Decision.Postpone => Tier.Temporary,
        _ => Tier.Caution,
    };
}
