using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>What a condition reads: plan fields, and whether the calendar matters to it.</summary>
internal static class ReadFields
{
    public static bool IsDateDriven(Condition condition) => Predicates(condition).Any(predicate => predicate
        is MedicationPredicate or MedicationCountPredicate or MedicationPairPredicate or GivenWithinPredicate
        or EventPredicate or UvSeasonPredicate
        or PlanNumberPredicate { Field: PlanField.DaysSinceLastSession });

    /// <summary>Names of the plan's fields in a request that must be filled in at the start.</summary>
    public static IEnumerable<string> OfPlan(Condition condition, Extent extent) =>
        Predicates(condition).SelectMany(predicate => Of(predicate, extent)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<Predicate> Predicates(Condition condition) => condition.Any.Concat(condition.All).Concat(condition.None);

    private static string[] Of(Predicate predicate, Extent extent) => predicate switch
    {
        PlanFlagPredicate p => Of(p.Field),
        PlanNumberPredicate p => Of(p.Field),
        PlanChoicePredicate p => Of(p.Field),
        PlannedAreaPredicate => ["areas"],
        PlannedIndicationPredicate => ["indication"],
        PlannedIngredientPredicate or PlannedAllergenPredicate or PlannedMinAgePredicate or PlannedStatusPredicate or PlannedPairPredicate or PlannedDuplicatePredicate or PlannedDosePredicate => ["ingredients"],
        Icd10Predicate or EventPredicate when extent == Extent.TreatedArea => ["areas"],
        _ => [],
    };

    private static string[] Of(PlanField field) => field switch
    {
        PlanField.AreasAnyFace or PlanField.AreasAllFace or PlanField.LargeBodyArea => ["areas"],
        PlanField.IngredientCount or PlanField.SkinTestReacted => ["ingredients"],
        PlanField.LayerMismatch => ["ingredients", "technique"],
        // A history is no field of the plan, and a recall is known when there is one.
        PlanField.HistoryComplete or PlanField.ProductRecalled => [],
        PlanField.DaysSinceLastSession => ["lastSession"],
        _ => [char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..]],
    };
}
