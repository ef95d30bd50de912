using System.Diagnostics;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Clauses;

/// <summary>The value of a plan field, or what is missing to know it (nothing, when the field does not concern this plan).</summary>
internal static class PlanValues
{
    private const string Face = "face";
    private const string Large = "large";

    private static readonly string[] Nothing = [];
    private static readonly string[] Areas = ["areas"];
    private static readonly string[] Ingredients = ["ingredients"];
    private static readonly string[] Technique = ["technique"];

    /// <summary>As they stand in a request: "volumeTotalMl".</summary>
    private static readonly string[][] Names =
        [.. Enum.GetValues<PlanField>().Select(field => field == PlanField.DaysSinceLastSession ? new[] { "lastSession" } : [char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..]])];

    public static (bool? Value, string[] Missing) Flag(PlanField field, Case facts)
    {
        var plan = facts.Plan.Source;
        return field switch
        {
            PlanField.FirstUseOfProduct => (plan.FirstUseOfProduct, NameOf(field)),
            PlanField.SkinTestDocumented => (plan.SkinTestDocumented, NameOf(field)),
            PlanField.SkinTestReacted => (plan.SkinTestReacted ?? (plan.Ingredients is null ? null : false), Ingredients),
            PlanField.ConsultationDone => (plan.ConsultationDone, NameOf(field)),
            PlanField.ProductTraceable => (plan.ProductTraceable, NameOf(field)),
            PlanField.AmpouleOpenedBefore => (plan.AmpouleOpenedBefore, NameOf(field)),
            PlanField.ProductExpired => (plan.ProductExpired, NameOf(field)),
            PlanField.ProductRecalled => (plan.ProductRecalled ?? false, Nothing),
            PlanField.AsepsisComplete => (plan.AsepsisComplete, NameOf(field)),
            PlanField.AreasAnyFace => (plan.Areas is null ? null : facts.Plan.AnyAreaOf(Face), Areas),
            PlanField.AreasAllFace => (plan.Areas is null ? null : plan.Areas.Count > 0 && facts.Plan.AllAreasOf(Face), Areas),
            PlanField.LargeBodyArea => (plan.Areas is null ? null : facts.Plan.AnyAreaOf(Large), Areas),
            PlanField.LayerMismatch => LayerMismatch(facts),
            PlanField.HistoryComplete => (facts.NotOn(HistoryList.Allergies) == Truth.No, Nothing),
            _ => throw new UnreachableException($"{field} is no flag."),
        };
    }

    public static (decimal? Value, string[] Missing) Number(PlanField field, Case facts)
    {
        var plan = facts.Plan.Source;
        return field switch
        {
            PlanField.NeedleOuterDiameterMm => (plan.NeedleOuterDiameterMm, WithNeedle(field, facts)),
            PlanField.VolumePerInjectionMl => (plan.VolumePerInjectionMl, WithNeedle(field, facts)),
            PlanField.VolumeTotalMl => (plan.VolumeTotalMl, WithNeedle(field, facts)),
            PlanField.DurationMin => (plan.DurationMin, NameOf(field)),
            PlanField.SessionNumber => (plan.SessionNumber, NameOf(field)),
            PlanField.IngredientCount => (plan.Ingredients is null ? null : facts.Plan.ComponentCount, Ingredients),
            PlanField.DaysSinceLastSession when plan.LastSession is { } last => (facts.Day - last.DayNumber, Nothing),
            // The first session has no last one.
            PlanField.DaysSinceLastSession => (null, plan.SessionNumber == 1 ? Nothing : NameOf(field)),
            _ => throw new UnreachableException($"{field} is no number."),
        };
    }

    public static (string? Value, string[] Missing) Choice(PlanField field, Case facts) => field switch
    {
        PlanField.Technique => (facts.Plan.Source.Technique, NameOf(field)),
        PlanField.Administration => (facts.Plan.Source.Administration, WithNeedle(field, facts)),
        PlanField.Setting => (facts.Plan.Source.Setting, NameOf(field)),
        PlanField.InjectionSpeed => (facts.Plan.Source.InjectionSpeed, WithNeedle(field, facts)),
        _ => throw new UnreachableException($"{field} is no choice."),
    };

    /// <summary>What a field comes to that has no value: at the start it must be known; before, it is simply not decided yet.</summary>
    public static Truth Absent(string[] missing, Case facts) => missing.Length == 0 ? Truth.No : facts.NotPlanned;

    /// <summary>Names of the request's fields that must be filled in at the start for a rule that reads this one.</summary>
    public static string[] ReadInRequest(this PlanField field) => field switch
    {
        PlanField.AreasAnyFace or PlanField.AreasAllFace or PlanField.LargeBodyArea => Areas,
        PlanField.IngredientCount or PlanField.SkinTestReacted => Ingredients,
        PlanField.LayerMismatch => [.. Ingredients, .. Technique],
        // A history is no field of the plan, and a recall is known when there is one.
        PlanField.HistoryComplete or PlanField.ProductRecalled => Nothing,
        _ => NameOf(field),
    };

    private static string[] NameOf(PlanField field) => Names[(int)field];

    private static string[] WithNeedle(PlanField field, Case facts) => facts.Plan.IsNeedleFree ? Nothing : NameOf(field);

    /// <summary>Only mesoinfiltration reaches below the dermis.</summary>
    private static (bool? Value, string[] Missing) LayerMismatch(Case facts)
    {
        if (facts.Plan.Source.Ingredients is null)
        {
            return (null, Ingredients);
        }
        if (!facts.Plan.ReachesDeep || facts.Plan.IsNeedleFree)
        {
            return (false, Nothing);
        }
        return facts.Plan.Source.Technique is { } technique ? (!string.Equals(technique, "tech-mesoinfiltration", StringComparison.Ordinal), Nothing) : (null, Technique);
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
