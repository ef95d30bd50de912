using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Assessing;

/// <summary>Facts that no rule can read: an id outside the tables, a medicine by name only. They are unknown, never harmless.</summary>
internal static class Unrecognised
{
    public static void AddTo(ref List<string>? missing, Case facts)
    {
        if (facts.Plan.Unrecognised.Length + facts.Patient.Unrecognised.Length > 0)
        {
            missing = [.. missing ?? [], .. facts.Plan.Unrecognised, .. facts.Patient.Unrecognised];
        }
        foreach (var medicine in facts.Patient.Medicines)
        {
            if (!medicine.IsIdentified && MayStillAct(medicine, facts))
            {
                (missing ??= []).Add(medicine.Path);
            }
        }
    }

    /// <summary>Paths of the ids that a table does not know.</summary>
    public static string[] In(string list, IReadOnlyList<string>? ids, Func<string, bool> isKnown)
    {
        List<string>? found = null;
        for (var i = 0; i < (ids?.Count ?? 0); i++)
        {
            if (!isKnown(ids![i]))
            {
                (found ??= []).Add($"{list}[{i}]");
            }
        }
        return found is null ? [] : [.. found];
    }

    public static string[] In(TreatmentPlan plan, RuleBook book)
    {
        // Only looked for when it is known that there is something to find.
        var ingredients = In("ingredients", plan.Ingredients, book.Ingredients.ContainsKey);
        var areas = In("areas", plan.Areas, book.Areas.ContainsKey);
        var technique = plan.Technique is null || book.Techniques.ContainsKey(plan.Technique) || book.Alternatives.ContainsKey(plan.Technique);
        var indication = plan.Indication is null || book.Indications.ContainsKey(plan.Indication);
        return technique && indication && ingredients.Length + areas.Length == 0
            ? []
            : [.. ingredients, .. areas, .. technique ? Array.Empty<string>() : ["technique"], .. indication ? Array.Empty<string>() : ["indication"]];
    }

    private static bool MayStillAct(Medicine medicine, Case facts) =>
        medicine.Fact.LastDose.Kind != LastDoseKind.OnDate || facts.Day - medicine.Fact.LastDose.Date.DayNumber < facts.Book.LongestWashoutDays;
}
