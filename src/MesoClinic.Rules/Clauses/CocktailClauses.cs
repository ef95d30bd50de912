using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A clause about the planned ingredients: as long as none are planned it says nothing before the start.</summary>
internal abstract class CocktailClause : Clause
{
    public const string Field = "ingredients";

    public override bool DependsOnTreatment => true;

    public sealed override bool MayHoldFor(string alternative) => false;

    public override int Commonness => 30;

    public override IReadOnlyList<string> PlanFields => [Field];

    public sealed override Truth Read(Case facts) => facts.Plan.Source.Ingredients is null ? facts.NotPlanned : ReadPlanned(facts);

    public sealed override void Missing(Case facts, List<string> fields)
    {
        if (facts.Plan.Source.Ingredients is null)
        {
            fields.Add(Field);
        }
        else
        {
            AddMissing(facts, fields);
        }
    }

    public sealed override void Subscribe(Subscriber rule)
    {
        SubscribePlanned(rule);
        rule.WaitForUnplanned(Field);
    }

    protected abstract Truth ReadPlanned(Case facts);

    protected abstract void SubscribePlanned(Subscriber rule);

    protected virtual void AddMissing(Case facts, List<string> fields)
    {
    }
}

/// <summary>A planned ingredient is one of these or contains one of these allergens.</summary>
internal sealed class IngredientClause(PlannedIngredientPredicate predicate, Keys keys) : CocktailClause
{
    private readonly int[] wanted = keys.Of(Topic.Ingredient, predicate.Ingredients);
    private readonly int[] allergens = keys.Of(Topic.Allergen, predicate.ContainsAllergens);

    /// <summary>A single ingredient out of all is planned for few; an allergen is in many.</summary>
    public override int Commonness => (3 * wanted.Length) + (30 * allergens.Length);

    protected override Truth ReadPlanned(Case facts)
    {
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            if (wanted.AsSpan().Contains(ingredient.Key) || Contained(ingredient, facts) >= 0)
            {
                return Truth.Yes;
            }
        }
        return Truth.No;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            if (wanted.AsSpan().Contains(ingredient.Key))
            {
                words.Add($"Planned: {Sentences.LowerFirst(ingredient.Row.Title)}");
            }
            else if (Contained(ingredient, facts) is var index and >= 0)
            {
                words.Add(Sentences.Contains(ingredient.Row, predicate.ContainsAllergens[index], facts.Book));
            }
        }
    }

    protected override void SubscribePlanned(Subscriber rule)
    {
        rule.WaitFor(wanted);
        foreach (var allergen in predicate.ContainsAllergens)
        {
            rule.WaitFor(predicate.DefiniteOnly ? Topic.ContainsForCertain : Topic.Contains, allergen);
        }
    }

    /// <summary>Which of the allergens it contains, the first one; negative for none.</summary>
    private int Contained(PlannedIngredient ingredient, Case facts)
    {
        for (var i = 0; i < allergens.Length; i++)
        {
            if (predicate.DefiniteOnly ? ingredient.Allergens.AsSpan().Contains(allergens[i]) : facts.Plan.MayContain(ingredient, allergens[i]))
            {
                return i;
            }
        }
        return -1;
    }
}

/// <summary>An allergy of the patient, or one that cross-reacts with it, unless a rule of its own decides on the cross-reaction.</summary>
internal sealed class PatientAllergenClause : CocktailClause
{
    public const string Allergic = "any allergy";

    public override int Commonness => 200;

    protected override Truth ReadPlanned(Case facts)
    {
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            foreach (var allergy in facts.Patient.Allergies)
            {
                foreach (var allergen in allergy.ReactsTo)
                {
                    if (facts.Plan.MayContain(ingredient, allergen))
                    {
                        return Truth.Yes;
                    }
                }
            }
        }
        return facts.Plan.HasAllergens ? facts.NotOn(HistoryList.Allergies) : Truth.No;
    }

    public override void Because(Case facts, List<string> words)
    {
        var hits =
            from ingredient in facts.Plan.Ingredients
            from allergy in facts.Patient.Allergies
            from allergen in facts.Book.ReactsTo(allergy.Id)
            where facts.Plan.MayContain(ingredient, facts.Book.AllergenKey(allergen))
            select $"{Sentences.Allergy(allergy.Id, facts.Book)}; {Sentences.LowerFirst(Sentences.Contains(ingredient.Row, allergen, facts.Book))}";
        words.AddRange(hits);
    }

    protected override void AddMissing(Case facts, List<string> fields) => facts.AddUnlisted(HistoryList.Allergies, fields);

    protected override void SubscribePlanned(Subscriber rule)
    {
        rule.WaitFor(Topic.Other, Allergic);
        rule.WaitForUnlisted(HistoryList.Allergies);
    }
}

/// <summary>The patient is younger than the minimum age of a planned ingredient.</summary>
internal sealed class MinAgeClause : CocktailClause
{
    public const string HasMinAge = "ingredient with a minimum age";

    public override int Commonness => 200;

    protected override Truth ReadPlanned(Case facts)
    {
        var truth = Truth.No;
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            truth = truth.Or(Read(ingredient, facts));
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var ingredient in facts.Plan.Ingredients.Where(i => Read(i, facts) == Truth.Yes))
        {
            words.Add($"Age {facts.Age} on the day; {Sentences.LowerFirst(ingredient.Row.Title)} from {ingredient.Row.MinAgeYears}");
        }
    }

    public override void AddTurns(Case facts, List<int> days) => facts.AddBirthdays(days);

    protected override void AddMissing(Case facts, List<string> fields) =>
        fields.AddRange(facts.Plan.Ingredients.Where(i => Read(i, facts) == Truth.Unknown).Select(_ => "birthDate"));

    protected override void SubscribePlanned(Subscriber rule) => rule.WaitFor(Topic.Other, HasMinAge);

    private static Truth Read(PlannedIngredient ingredient, Case facts) => (ingredient.Row.MinAgeYears, facts.Age) switch
    {
        (null, _) => Truth.No,
        (_, null) => Truth.Unknown,
        var (least, age) => age < least ? Truth.Yes : Truth.No,
    };
}

/// <summary>A planned ingredient has one of these statuses.</summary>
internal sealed class StatusClause(PlannedStatusPredicate predicate) : CocktailClause
{
    protected override Truth ReadPlanned(Case facts)
    {
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            if (Counts(ingredient.Row, facts))
            {
                return Truth.Yes;
            }
        }
        return Truth.No;
    }

    public override void Because(Case facts, List<string> words) =>
        words.AddRange(facts.Plan.Ingredients.Where(i => Counts(i.Row, facts)).Select(i => $"{i.Row.Title}: {facts.Book.StatusInWords(i.Row.Status)}"));

    protected override void SubscribePlanned(Subscriber rule)
    {
        foreach (var status in predicate.In)
        {
            rule.WaitFor(Topic.IngredientStatus, status.ToString());
        }
    }

    private bool Counts(Ingredient ingredient, Case facts) =>
        predicate.In.Contains(ingredient.Status)
        && !(predicate.UnlessCompositionVerified
            && ingredient.Status == IngredientStatus.CompositionUnknown
            && facts.Plan.Source.LabelCompositionVerified.Has(ingredient.Id));
}

/// <summary>Two planned ingredients form a pair of the table whose severity lies in the range.</summary>
internal sealed class PairClause(PlannedPairPredicate predicate) : CocktailClause
{
    public const string Found = "incompatible pair";

    protected override Truth ReadPlanned(Case facts)
    {
        var truth = Truth.No;
        foreach (var found in PairFinder.Find(facts))
        {
            truth = truth.Or(Read(found));
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words) =>
        words.AddRange(PairFinder.Find(facts).Where(found => Read(found) == Truth.Yes).Select(found => found.Because(facts)));

    protected override void AddMissing(Case facts, List<string> fields) =>
        fields.AddRange(PairFinder.Find(facts).Where(found => Read(found) == Truth.Unknown).Select(_ => HistoryList.Allergies.Field));

    protected override void SubscribePlanned(Subscriber rule) => rule.WaitFor(Topic.Other, Found);

    private Truth Read(FoundPair found)
    {
        var asItIs = IsInRange(found.Severity);
        var ifAllergic = found.MayBlock ? IsInRange(PairSeverity.Block) : asItIs;
        return asItIs == ifAllergic ? (asItIs ? Truth.Yes : Truth.No) : Truth.Unknown;
    }

    private bool IsInRange(PairSeverity severity) => severity >= predicate.MinSeverity && severity <= predicate.MaxSeverity;
}
