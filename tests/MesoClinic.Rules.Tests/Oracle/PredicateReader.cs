using System.Diagnostics;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Sends each predicate to whoever knows how to read it.</summary>
internal static class PredicateReader
{
    public static Reading Read(Predicate predicate, Extent extent, Case facts) => predicate switch
    {
        Icd10Predicate p => HistoryReader.Condition(p, extent, facts),
        EventPredicate p => HistoryReader.Event(p, extent, facts),
        AllergyPredicate p => HistoryReader.Allergy(p, facts),
        AllergyCountPredicate p => HistoryReader.AllergyCount(p, facts),
        AnswerPredicate p => AnswerReader.Answer(p, facts),
        AgePredicate p => PersonReader.Age(p, facts),
        FitzpatrickPredicate p => PersonReader.Fitzpatrick(p, facts),
        VitalPredicate p => PersonReader.Vital(p, facts),
        LabPredicate p => PersonReader.Lab(p, facts),
        UvSeasonPredicate p => SeasonReader.UvSeason(p, facts),
        MedicationPredicate p => MedicationReader.Medication(p, facts),
        MedicationCountPredicate p => MedicationReader.Count(p, facts),
        MedicationPairPredicate p => MedicationReader.Pair(p, facts),
        PlannedAreaPredicate p => PlanReader.Area(p, facts),
        PlannedIndicationPredicate p => PlanReader.Indication(p, facts),
        PlanFlagPredicate p => PlanReader.Flag(p, facts),
        PlanNumberPredicate p => PlanReader.Number(p, facts),
        PlanChoicePredicate p => PlanReader.Choice(p, facts),
        PlannedIngredientPredicate p => CocktailReader.Ingredient(p, facts),
        PlannedAllergenPredicate => CocktailReader.PatientAllergen(facts),
        PlannedMinAgePredicate => CocktailReader.MinAge(facts),
        PlannedStatusPredicate p => CocktailReader.Status(p, facts),
        PlannedPairPredicate p => CocktailReader.Pair(p, facts),
        PlannedDuplicatePredicate p => DoseReader.Duplicate(p, facts),
        PlannedDosePredicate p => DoseReader.Dose(p, facts),
        GivenWithinPredicate p => GivenReader.Within(p, facts),
        GivenTimesPredicate p => GivenReader.Times(p, facts),
        _ => throw new UnreachableException($"No reader for {predicate.GetType().Name}."),
    };
}
