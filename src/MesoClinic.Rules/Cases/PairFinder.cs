using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>One side of a pair: these ingredients, whatever contains these allergens, or anything else that is added to the other side.</summary>
internal sealed record CompiledSide(bool AnyOther, int[] Ingredients, int[] Allergens)
{
    public CompiledSide(PairSide side, Keys keys)
        : this(side.AnyOther, keys.Of(Topic.Ingredient, side.Ingredients), keys.Of(Topic.Allergen, side.Allergens))
    {
    }

    /// <summary>Whether an ingredient can be it, whatever its label is checked to be free of.</summary>
    public bool MayBe(int ingredient, int[] allergens, int[] allergensPossible) =>
        AnyOther || Ingredients.AsSpan().Contains(ingredient) || Allergens.Overlaps(allergens) || Allergens.Overlaps(allergensPossible);

    public bool Is(PlannedIngredient ingredient, PlannedIngredient other, ResolvedPlan plan)
    {
        var matches = Ingredients.AsSpan().Contains(ingredient.Key) || (AnyOther && plan.IsAddedTo(ingredient, other));
        foreach (var allergen in Allergens)
        {
            matches = matches || plan.MayContain(ingredient, allergen);
        }
        return matches;
    }
}

/// <summary>An incompatible pair of the table, its sides as keys.</summary>
internal sealed record CompiledPair(IncompatiblePair Row, CompiledSide First, CompiledSide Second)
{
    public CompiledPair(IncompatiblePair row, Keys keys)
        : this(row, new CompiledSide(row.First, keys), new CompiledSide(row.Second, keys))
    {
    }

    public bool IsFormedBy(PlannedIngredient first, PlannedIngredient second, ResolvedPlan plan) =>
        !ReferenceEquals(first, second) && First.Is(first, second, plan) && Second.Is(second, first, plan);
}

/// <summary>A pair of the table that two different planned ingredients form.</summary>
/// <param name="Severity">What it certainly is for this patient.</param>
/// <param name="MayBlock">Whether an allergy that is not known would raise it to a block.</param>
/// <param name="Allergen">The allergy that did.</param>
internal sealed record FoundPair(CompiledPair Pair, PairSeverity Severity, bool MayBlock, string? Allergen)
{
    public string Because(Case facts)
    {
        var meeting =
            from a in facts.Plan.Ingredients
            from b in facts.Plan.Ingredients
            where Pair.IsFormedBy(a, b, facts.Plan)
            select $"Planned together: {Sentences.LowerFirst(a.Row.Title)} and {Sentences.LowerFirst(b.Row.Title)}";
        var because = string.Join("; ", meeting);
        return Allergen is null ? because : $"{because}; {Sentences.LowerFirst(Sentences.Allergy(Allergen, facts.Book))}";
    }
}

internal static class PairFinder
{
    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<FoundPair> Find(Case facts)
    {
        SortedSet<int>? indexes = null;
        var pairs = facts.Book.Catalogue.Pairs;
        var ingredients = facts.Plan.Ingredients;
        foreach (var first in ingredients.Length > 1 ? ingredients : [])
        {
            foreach (var index in first.FirstOf)
            {
                if (IsMet(pairs[index], first, facts.Plan))
                {
                    (indexes ??= []).Add(index);
                }
            }
        }
        return indexes is null ? [] : Weigh(indexes, facts);
    }

    private static bool IsMet(CompiledPair pair, PlannedIngredient first, ResolvedPlan plan)
    {
        foreach (var other in plan.Ingredients)
        {
            if (pair.IsFormedBy(first, other, plan))
            {
                return true;
            }
        }
        return false;
    }

    private static FoundPair[] Weigh(SortedSet<int> indexes, Case facts) => [.. indexes.Select(index => Weigh(facts.Book.Catalogue.Pairs[index], facts))];

    private static FoundPair Weigh(CompiledPair pair, Case facts)
    {
        var row = pair.Row;
        if (row.Severity == PairSeverity.Block || row.BlocksIfAllergicTo.Count == 0)
        {
            return new FoundPair(pair, row.Severity, false, null);
        }
        var allergen = row.BlocksIfAllergicTo.FirstOrDefault(a => Array.Exists(facts.Patient.Allergies, allergy => string.Equals(allergy.Id, a, StringComparison.Ordinal)));
        return allergen is null
            ? new FoundPair(pair, row.Severity, facts.NotOn(HistoryList.Allergies) == Truth.Unknown, null)
            : new FoundPair(pair, PairSeverity.Block, false, allergen);
    }
}
