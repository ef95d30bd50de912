using System.Globalization;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads how much is planned of an ingredient, and in how many products.</summary>
internal static class DoseReader
{
    public static Reading Dose(PlannedDosePredicate predicate, Case facts) =>
        facts.Ingredients is null ? facts.NotPlanned("ingredients") : Reading.AnyOf(predicate.Ingredients.Select(id => Read(facts.Book.Ingredients[id], facts)));

    public static Reading Duplicate(PlannedDuplicatePredicate predicate, Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return facts.NotPlanned("ingredients");
        }
        var meant = ingredients.Where(i => predicate.Classes.Contains(i.Class) || predicate.Ingredients.Contains(i.Id)).Select(i => (i.Title, Products: Math.Max(1, ProductsOf(DosesOf(i, facts).ToArray())))).ToArray();
        return meant.Sum(i => i.Products) < 2
            ? Reading.No
            : Reading.Yes(() => $"Planned: {string.Join(" and ", meant.Select(i => Sentences.LowerFirst(i.Title) + (i.Products == 1 ? "" : $" in {i.Products} products")))}");
    }

    private static Reading Read(Ingredient ingredient, Case facts)
    {
        var doses = DosesOf(ingredient, facts).ToArray();
        var known = doses.Sum(dose => dose.Mg ?? 0);
        var limit = ingredient.MaxDosePerSession!;
        var weightMatters = limit.Unit == "mg/kg" && facts.Patient.WeightKg is null;
        var most = limit.Unit == "mg" ? limit.Value
            : weightMatters ? limit.MostMg
            : limit.MostMg is { } cap ? Math.Min(cap, limit.Value * facts.Patient.WeightKg!.Value) : limit.Value * facts.Patient.WeightKg!.Value;
        if (known > most)
        {
            var perKg = limit.Unit == "mg" ? "" : string.Create(CultureInfo.InvariantCulture, $" ({limit.Value:0.###} mg per kg{(limit.MostMg is null ? "" : string.Create(CultureInfo.InvariantCulture, $", never more than {limit.MostMg:0.###} mg"))})");
            return Reading.Yes(() => string.Create(CultureInfo.InvariantCulture, $"{ingredient.Title}: {known:0.###} mg planned, at most {most:0.###} mg in a session{perKg}"));
        }
        var planned = facts.Plan.Ingredients!.Contains(ingredient.Id);
        var open = doses.Any(dose => dose.Mg is null) || (planned && doses.Length == 0);
        return Reading.AnyOf([open ? facts.NotPlanned("doses") : Reading.No, weightMatters && known > 0 ? Reading.Unknown("weightKg") : Reading.No]);
    }

    private static int ProductsOf(Dose[] doses) => doses.Count(dose => dose.Product is null) + doses.Select(dose => dose.Product).OfType<string>().Distinct().Count();

    private static IEnumerable<Dose> DosesOf(Ingredient ingredient, Case facts) => (facts.Plan.Doses ?? []).Where(dose => dose.Ingredient == ingredient.Id);
}
