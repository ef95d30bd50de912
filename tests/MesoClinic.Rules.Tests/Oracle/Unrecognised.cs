using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Facts that no rule can read: an id outside the tables, a medicine by name only. They are unknown, never harmless.</summary>
internal static class Unrecognised
{
    public static IEnumerable<string> In(Case facts)
    {
        var book = facts.Book;
        var plan = facts.Plan;
        return Paths("ingredients", plan.Ingredients, book.Ingredients.ContainsKey)
            .Concat(Paths("areas", plan.Areas, book.Areas.ContainsKey))
            .Concat(Paths("allergies", facts.Patient.Allergies, book.Allergens.ContainsKey))
            .Concat(plan.Technique is { } technique && !book.Techniques.ContainsKey(technique) && !book.Alternatives.ContainsKey(technique) ? ["technique"] : [])
            .Concat(plan.Indication is { } indication && !book.Indications.ContainsKey(indication) ? ["indication"] : [])
            .Concat(facts.Medicines?.Where(m => !m.IsIdentified && MayStillAct(m, facts)).Select(m => m.Path) ?? []);
    }

    private static IEnumerable<string> Paths(string list, IReadOnlyList<string>? ids, Func<string, bool> known) =>
        ids?.Select((id, index) => (id, index)).Where(x => !known(x.id)).Select(x => $"{list}[{x.index}]") ?? [];

    private static bool MayStillAct(Medicine medicine, Case facts) =>
        medicine.Fact.LastDose.Kind != LastDoseKind.OnDate
        || facts.Date.DayNumber - medicine.Fact.LastDose.Date.DayNumber < facts.Book.LongestWashoutDays;
}
