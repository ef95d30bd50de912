using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A pair of the table that two different planned ingredients form.</summary>
/// <param name="Severity">What it certainly is for this patient.</param>
/// <param name="MayBlock">The fact that is missing to know whether an allergy raises it to a block.</param>
internal sealed record FoundPair(IncompatiblePair Pair, PairSeverity Severity, string Because, string? MayBlock);

internal static class PairFinder
{
    public static IReadOnlyList<FoundPair> Find(Case facts)
    {
        if (facts.Ingredients is not { Count: > 1 } ingredients)
        {
            return [];
        }
        var found = new List<FoundPair>();
        foreach (var pair in facts.Book.Knowledge.IncompatiblePairs)
        {
            var meeting = (
                from a in ingredients
                from b in ingredients
                where !ReferenceEquals(a, b) && Matches(pair.First, a, b, facts) && Matches(pair.Second, b, a, facts)
                select (First: a, Second: b)).ToArray();
            if (meeting.Length > 0)
            {
                var because = string.Join("; ", meeting.Select(m => $"Planned together: {Sentences.LowerFirst(m.First.Title)} and {Sentences.LowerFirst(m.Second.Title)}"));
                found.Add(Weigh(pair, because, facts));
            }
        }
        return found;
    }

    private static bool Matches(PairSide side, Ingredient ingredient, Ingredient other, Case facts) =>
        (side.AnyOther && AreMixed(ingredient, other, facts)) || side.Ingredients.Contains(ingredient.Id) || side.Allergens.Any(a => facts.Contains(ingredient, a));

    /// <summary>A product that is not named may be any.</summary>
    private static bool AreMixed(Ingredient added, Ingredient other, Case facts)
    {
        var both = (facts.Plan.Doses ?? []).Where(dose => dose.Ingredient == added.Id || dose.Ingredient == other.Id).ToArray();
        var areOneProduct = both.Select(dose => dose.Ingredient).Distinct().Count() == 2 && both.All(dose => dose.Product is not null) && both.Select(dose => dose.Product).Distinct().Count() == 1;
        return (facts.IsComponent(added) || both.Any(dose => dose.Ingredient == added.Id)) && !areOneProduct;
    }

    private static FoundPair Weigh(IncompatiblePair pair, string because, Case facts)
    {
        if (pair.Severity == PairSeverity.Block || pair.BlocksIfAllergicTo.Count == 0)
        {
            return new FoundPair(pair, pair.Severity, because, null);
        }
        var allergies = facts.Patient.Allergies;
        var allergen = pair.BlocksIfAllergicTo.FirstOrDefault(a => allergies?.Contains(a) == true);
        return allergen is null
            ? new FoundPair(pair, pair.Severity, because, facts.NotOn(HistoryList.Allergies, allergies is not null).Truth == Truth.Unknown ? HistoryList.Allergies.Field : null)
            : new FoundPair(pair, PairSeverity.Block, $"{because}; {Sentences.LowerFirst(Sentences.Allergy(allergen, facts.Book))}", null);
    }
}
