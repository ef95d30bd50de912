using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads the planned ingredients: what they are, contain, need and do to each other.</summary>
internal static class CocktailReader
{
    public static Reading Ingredient(PlannedIngredientPredicate predicate, Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return facts.NotPlanned("ingredients");
        }
        return Reading.AnyOf(ingredients.Select(Read));

        Reading Read(Ingredient ingredient)
        {
            if (predicate.Ingredients.Contains(ingredient.Id))
            {
                return Reading.Yes(() => $"Planned: {Sentences.LowerFirst(ingredient.Title)}");
            }
            var contained = predicate.ContainsAllergens.FirstOrDefault(a => predicate.DefiniteOnly ? ingredient.Allergens.Contains(a) : facts.Contains(ingredient, a));
            return contained is null ? Reading.No : Reading.Yes(() => Sentences.Contains(ingredient, contained, facts.Book));
        }
    }

    /// <summary>An allergy of the patient, or one that cross-reacts with it, unless a rule of its own decides on the cross-reaction.</summary>
    public static Reading PatientAllergen(Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return facts.NotPlanned("ingredients");
        }
        var allergies = facts.Patient.Allergies;
        var hits =
            from ingredient in ingredients
            from allergy in (allergies ?? []).Distinct(StringComparer.Ordinal)
            from allergen in facts.Book.ReactsTo(allergy)
            where facts.Contains(ingredient, allergen)
            select Reading.Yes(() => $"{Sentences.Allergy(allergy, facts.Book)}; {Sentences.LowerFirst(Sentences.Contains(ingredient, allergen, facts.Book))}");
        // Nobody can be allergic to a cocktail without allergens.
        var matters = ingredients.Any(i => i.Allergens.Concat(i.AllergensPossible).Any(a => facts.Contains(i, a)));
        return Reading.AnyOf([.. hits, matters ? facts.NotOn(HistoryList.Allergies, allergies is not null) : Reading.No]);
    }

    public static Reading MinAge(Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return facts.NotPlanned("ingredients");
        }
        return Reading.AnyOf(ingredients.Where(i => i.MinAgeYears is not null).Select(i => facts.Age switch
        {
            null => Reading.Unknown("birthDate"),
            { } age when age < i.MinAgeYears => Reading.Yes(() => $"Age {age} on the day; {Sentences.LowerFirst(i.Title)} from {i.MinAgeYears}"),
            _ => Reading.No,
        }));
    }

    public static Reading Status(PlannedStatusPredicate predicate, Case facts)
    {
        if (facts.Ingredients is not { } ingredients)
        {
            return facts.NotPlanned("ingredients");
        }
        return Reading.AnyOf(ingredients.Where(Counts).Select(i => Reading.Yes(() => $"{i.Title}: {facts.Book.StatusInWords(i.Status)}")));

        bool Counts(Ingredient ingredient) =>
            predicate.In.Contains(ingredient.Status)
            && !(predicate.UnlessCompositionVerified
                && ingredient.Status == IngredientStatus.CompositionUnknown
                && facts.Plan.LabelCompositionVerified.Contains(ingredient.Id));
    }

    public static Reading Pair(PlannedPairPredicate predicate, Case facts)
    {
        if (facts.Ingredients is null)
        {
            return facts.NotPlanned("ingredients");
        }
        return Reading.AnyOf(facts.Pairs.Select(Read));

        Reading Read(FoundPair found)
        {
            var asItIs = InRange(found.Severity);
            var ifAllergic = found.MayBlock is null ? asItIs : InRange(PairSeverity.Block);
            return (asItIs, ifAllergic) switch
            {
                (true, true) => Reading.Yes(() => found.Because),
                (false, false) => Reading.No,
                _ => Reading.Unknown(found.MayBlock!),
            };
        }

        bool InRange(PairSeverity severity) => severity >= predicate.MinSeverity && severity <= predicate.MaxSeverity;
    }
}
