using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>At the start of a session every plan field that a rule reads must be filled in, whatever the rest says.</summary>
internal static class StartRequirements
{
    public static IEnumerable<string> Missing(IEnumerable<Rule> rules, Case facts) =>
        facts.Request.Stage != Stage.Start
            ? []
            : rules.SelectMany(rule => rule.PlanFields).Distinct(StringComparer.Ordinal).Where(field => IsMissing(field, facts));

    private static bool IsMissing(string field, Case facts)
    {
        var plan = facts.Plan;
        return field switch
        {
            "indication" => plan.Indication is null,
            "areas" => plan.Areas is null,
            "technique" => plan.Technique is null,
            "ingredients" => plan.Ingredients is null,
            "setting" => plan.Setting is null,
            "durationMin" => plan.DurationMin is null,
            "sessionNumber" => plan.SessionNumber is null,
            "lastSession" => plan.LastSession is null && plan.SessionNumber != 1,
            "firstUseOfProduct" => plan.FirstUseOfProduct is null,
            "skinTestDocumented" => plan.SkinTestDocumented is null,
            "consultationDone" => plan.ConsultationDone is null,
            "productTraceable" => plan.ProductTraceable is null,
            "ampouleOpenedBefore" => plan.AmpouleOpenedBefore is null,
            "productExpired" => plan.ProductExpired is null,
            "asepsisComplete" => plan.AsepsisComplete is null,
            // Only a needle has a diameter, a speed and a volume.
            "administration" => plan.Administration is null && !facts.IsNeedleFree,
            "injectionSpeed" => plan.InjectionSpeed is null && !facts.IsNeedleFree,
            "needleOuterDiameterMm" => plan.NeedleOuterDiameterMm is null && !facts.IsNeedleFree,
            "volumePerInjectionMl" => plan.VolumePerInjectionMl is null && !facts.IsNeedleFree,
            "volumeTotalMl" => plan.VolumeTotalMl is null && !facts.IsNeedleFree,
            _ => throw new System.Diagnostics.UnreachableException($"No plan field {field}."),
        };
    }
}
