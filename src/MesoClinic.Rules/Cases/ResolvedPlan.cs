using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Cases;

/// <summary>A plan whose ingredients, areas and technique are understood.</summary>
internal sealed class ResolvedPlan
{
    private readonly RuleBook book;

    public ResolvedPlan(TreatmentPlan plan, RuleBook book)
    {
        this.book = book;
        Source = plan;
        Areas = new AreaSet(plan.Areas, book.Catalogue);
        var technique = book.Catalogue.FindTechnique(plan.Technique);
        IsNeedleFree = technique.IsNeedleFree;
        Alternative = technique.Alternative;
        (Ingredients, ComponentCount) = Distinct(plan.Ingredients, book.Catalogue);
        var allKnown = technique.IsKnown && !Areas.HasOthers && ComponentCount == Ingredients.Length && (plan.Indication is null || book.Indications.ContainsKey(plan.Indication));
        Unrecognised = allKnown ? [] : Assessing.Unrecognised.In(plan, book);
        foreach (var ingredient in Ingredients)
        {
            ComponentCount -= IsComponent(ingredient) ? 0 : 1;
            ReachesDeep |= ingredient.IsDeep;
            HasAllergens |= Contains(ingredient);
        }
    }

    public TreatmentPlan Source { get; }
    public AreaSet Areas { get; }

    /// <summary>No needle: a device treatment or one of the alternatives. A plan without a technique is taken to use one.</summary>
    public bool IsNeedleFree { get; }

    /// <summary>Index of the alternative that the technique is, if it is one.</summary>
    public int Alternative { get; }

    /// <summary>Those that the table knows, each once.</summary>
    public PlannedIngredient[] Ingredients { get; }

    /// <summary>How many different ones are injected, known or not; an excipient and what lies on the skin are none of them.</summary>
    public int ComponentCount { get; }

    public bool ReachesDeep { get; }

    /// <summary>Whether the cocktail contains, or may contain, any allergen at all.</summary>
    public bool HasAllergens { get; }

    /// <summary>Paths of what the tables do not know.</summary>
    public string[] Unrecognised { get; }

    /// <summary>A possible allergen counts until the label was checked to be free of it.</summary>
    public bool MayContain(PlannedIngredient ingredient, int allergen) =>
        ingredient.Allergens.AsSpan().Contains(allergen)
        || (ingredient.AllergensPossible.AsSpan().Contains(allergen) && !IsVerifiedFreeOf(allergen));

    /// <summary>
    /// Whether this one is mixed with another: a component, or anything of which a dose goes in (a diluent is an excipient and nothing else), that is not known to come with it, in one product, as its
    /// maker mixed them.
    /// </summary>
    public bool IsAddedTo(PlannedIngredient added, PlannedIngredient other) => ((!added.IsExcipient && !added.IsTopical) || HasDose(added.Row.Id)) && !AreOfOneProduct(added.Row.Id, other.Row.Id);

    public bool AnyAreaOf(string group)
    {
        for (var i = 0; i < Source.Areas!.Count; i++)
        {
            if (book.GroupsOf(Source.Areas[i]).Has(group))
            {
                return true;
            }
        }
        return false;
    }

    public bool AllAreasOf(string group)
    {
        for (var i = 0; i < Source.Areas!.Count; i++)
        {
            if (!book.GroupsOf(Source.Areas[i]).Has(group))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Injected for its own sake. What usually lies on the skin is a component all the same once a dose of it goes in.</summary>
    private bool IsComponent(PlannedIngredient ingredient) => !ingredient.IsExcipient && (!ingredient.IsTopical || HasDose(ingredient.Row.Id));

    /// <summary>One product brings both, and no other brings either.</summary>
    private bool AreOfOneProduct(string one, string other)
    {
        var (bringsOne, bringsOther) = (false, false);
        string? product = null;
        for (var i = 0; i < (Source.Doses?.Count ?? 0); i++)
        {
            var dose = Source.Doses![i];
            var isOne = string.Equals(dose.Ingredient, one, StringComparison.Ordinal);
            if (isOne || string.Equals(dose.Ingredient, other, StringComparison.Ordinal))
            {
                if (dose.Product is null || !string.Equals(dose.Product, product ??= dose.Product, StringComparison.Ordinal))
                {
                    return false;
                }
                bringsOne |= isOne;
                bringsOther |= !isOne;
            }
        }
        return bringsOne && bringsOther;
    }

    private bool HasDose(string ingredient)
    {
        for (var i = 0; i < (Source.Doses?.Count ?? 0); i++)
        {
            if (string.Equals(Source.Doses![i].Ingredient, ingredient, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsVerifiedFreeOf(int allergen)
    {
        for (var i = 0; i < Source.LabelVerifiedFreeOf.Count; i++)
        {
            if (book.AllergenKey(Source.LabelVerifiedFreeOf[i]) == allergen)
            {
                return true;
            }
        }
        return false;
    }

    private bool Contains(PlannedIngredient ingredient)
    {
        var contains = ingredient.Allergens.Length > 0;
        foreach (var allergen in ingredient.AllergensPossible)
        {
            contains |= !IsVerifiedFreeOf(allergen);
        }
        return contains;
    }

    private static (PlannedIngredient[] Known, int Count) Distinct(IReadOnlyList<string>? planned, Catalogue catalogue)
    {
        if (planned is null or { Count: 0 })
        {
            return ([], 0);
        }
        var known = new PlannedIngredient[planned.Count];
        var (found, count) = (0, 0);
        for (var i = 0; i < planned.Count; i++)
        {
            if (!IsRepeated(planned, i))
            {
                count++;
                if (catalogue.FindIngredient(planned[i]) is { } ingredient)
                {
                    known[found++] = ingredient;
                }
            }
        }
        return (found == known.Length ? known : known[..found], count);
    }

    private static bool IsRepeated(IReadOnlyList<string> planned, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (string.Equals(planned[i], planned[index], StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
