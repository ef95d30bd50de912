using System.Diagnostics;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>The value of a plan field, or what is missing to know it (nothing, when the field does not concern this plan).</summary>
internal static class PlanValues
{
    private const string Face = "face";
    private const string Large = "large";

    public static (bool? Value, string[] Missing) Flag(PlanField field, Case facts)
    {
        var plan = facts.Plan;
        return field switch
        {
            PlanField.FirstUseOfProduct => (plan.FirstUseOfProduct, ["firstUseOfProduct"]),
            PlanField.SkinTestDocumented => (plan.SkinTestDocumented, ["skinTestDocumented"]),
            PlanField.SkinTestReacted => (plan.SkinTestReacted ?? (plan.Ingredients is null ? null : false), ["ingredients"]),
            PlanField.ConsultationDone => (plan.ConsultationDone, ["consultationDone"]),
            PlanField.ProductTraceable => (plan.ProductTraceable, ["productTraceable"]),
            PlanField.AmpouleOpenedBefore => (plan.AmpouleOpenedBefore, ["ampouleOpenedBefore"]),
            PlanField.ProductExpired => (plan.ProductExpired, ["productExpired"]),
            // Nobody recalls a lot silently.
            PlanField.ProductRecalled => (plan.ProductRecalled ?? false, []),
            PlanField.AsepsisComplete => (plan.AsepsisComplete, ["asepsisComplete"]),
            PlanField.AreasAnyFace => (plan.Areas?.Any(a => InGroup(a, Face)), ["areas"]),
            PlanField.AreasAllFace => (plan.Areas is { } areas ? areas.Count > 0 && areas.All(a => InGroup(a, Face)) : null, ["areas"]),
            PlanField.LargeBodyArea => (plan.Areas?.Any(a => InGroup(a, Large)), ["areas"]),
            PlanField.LayerMismatch => LayerMismatch(facts),
            PlanField.HistoryComplete => (facts.NotOn(HistoryList.Allergies, facts.Patient.Allergies is not null).Truth == Truth.No, []),
            _ => throw new UnreachableException($"{field} is no flag."),
        };

        bool InGroup(string area, string group) => facts.Book.GroupsOf(area).Contains(group);
    }

    public static (decimal? Value, string[] Missing) Number(PlanField field, Case facts)
    {
        var plan = facts.Plan;
        return field switch
        {
            PlanField.NeedleOuterDiameterMm => (plan.NeedleOuterDiameterMm, WithNeedle("needleOuterDiameterMm")),
            PlanField.VolumePerInjectionMl => (plan.VolumePerInjectionMl, WithNeedle("volumePerInjectionMl")),
            PlanField.VolumeTotalMl => (plan.VolumeTotalMl, WithNeedle("volumeTotalMl")),
            PlanField.DurationMin => (plan.DurationMin, ["durationMin"]),
            PlanField.SessionNumber => (plan.SessionNumber, ["sessionNumber"]),
            PlanField.IngredientCount => (plan.Ingredients?.Distinct(StringComparer.Ordinal).Count(id => facts.Book.Ingredients.GetValueOrDefault(id) is not { } known || facts.IsComponent(known)), ["ingredients"]),
            PlanField.DaysSinceLastSession when plan.LastSession is { } last => (facts.Date.DayNumber - last.DayNumber, []),
            // The first session has no last one.
            PlanField.DaysSinceLastSession => (null, plan.SessionNumber == 1 ? [] : ["lastSession"]),
            _ => throw new UnreachableException($"{field} is no number."),
        };

        string[] WithNeedle(string name) => facts.IsNeedleFree ? [] : [name];
    }

    public static (string? Value, string[] Missing) Choice(PlanField field, Case facts) => field switch
    {
        PlanField.Technique => (facts.Plan.Technique, ["technique"]),
        PlanField.Administration => (facts.Plan.Administration, facts.IsNeedleFree ? [] : ["administration"]),
        PlanField.Setting => (facts.Plan.Setting, ["setting"]),
        PlanField.InjectionSpeed => (facts.Plan.InjectionSpeed, facts.IsNeedleFree ? [] : ["injectionSpeed"]),
        _ => throw new UnreachableException($"{field} is no choice."),
    };

    /// <summary>Only mesoinfiltration reaches below the dermis.</summary>
    private static (bool? Value, string[] Missing) LayerMismatch(Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return (null, ["ingredients"]);
        }
        var deep = ingredients.Any(i => i.Layer is InjectionLayer.Subcutaneous or InjectionLayer.DeepDermalOrSubcutaneous or InjectionLayer.Intramuscular);
        if (!deep || facts.IsNeedleFree)
        {
            return (false, []);
        }
        return facts.Plan.Technique is { } technique ? (!string.Equals(technique, "tech-mesoinfiltration", StringComparison.Ordinal), []) : (null, ["technique"]);
    }

    /// <summary>What a yes-no field says, as a sentence.</summary>
    public static string InWords(PlanField field, bool value) => (field, value) switch
    {
        (PlanField.FirstUseOfProduct, true) => "First use of this product",
        (PlanField.SkinTestDocumented, false) => "No skin test on record",
        (PlanField.SkinTestReacted, true) => "A planned ingredient reacted in its newest allergy test",
        (PlanField.ConsultationDone, false) => "No consultation on record",
        (PlanField.ProductTraceable, false) => "The product cannot be traced",
        (PlanField.AmpouleOpenedBefore, true) => "The ampoule was opened before",
        (PlanField.ProductExpired, true) => "The product has expired",
        (PlanField.ProductRecalled, true) => "The lot was recalled",
        (PlanField.AsepsisComplete, false) => "The asepsis checklist is not complete",
        (PlanField.AreasAnyFace or PlanField.AreasAllFace, true) => "Planned on the face",
        (PlanField.LargeBodyArea, true) => "Planned on a large area",
        (PlanField.LayerMismatch, true) => "An ingredient for a deeper layer is planned with a technique that does not reach it",
        (PlanField.HistoryComplete, false) => "The allergies were never asked",
        _ => $"{Name(field)}: {(value ? "yes" : "no")}",
    };

    public static string Name(PlanField field) => field switch
    {
        PlanField.NeedleOuterDiameterMm => "Needle diameter (mm)",
        PlanField.VolumePerInjectionMl => "Volume per injection (ml)",
        PlanField.VolumeTotalMl => "Total volume (ml)",
        PlanField.DurationMin => "Duration (minutes)",
        PlanField.SessionNumber => "Number of the session",
        PlanField.DaysSinceLastSession => "Days since the last session",
        PlanField.IngredientCount => "Number of injected ingredients",
        PlanField.InjectionSpeed => "Injection speed",
        PlanField.Technique => "Technique",
        PlanField.Administration => "Administration",
        PlanField.Setting => "Place of treatment",
        _ => field.ToString(),
    };
}
