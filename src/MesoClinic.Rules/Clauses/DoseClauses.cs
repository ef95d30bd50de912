using System.Globalization;
using System.Runtime.InteropServices;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>More of one of these ingredients is planned than its row allows in a session.</summary>
internal sealed class DoseClause(PlannedDosePredicate predicate, RuleBook book, Keys keys) : CocktailClause
{
    private readonly Ingredient[] limited = [.. predicate.Ingredients.Select(id => book.Ingredients[id])];

    protected override Truth ReadPlanned(Case facts)
    {
        var truth = Truth.No;
        foreach (var row in limited)
        {
            truth = truth.Or(PlannedDose.Of(row, facts).Read(facts));
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words) =>
        words.AddRange(limited.Select(row => PlannedDose.Of(row, facts)).Where(dose => dose.Exceeds).Select(dose => dose.InWords()));

    protected override void AddMissing(Case facts, List<string> fields)
    {
        foreach (var row in limited)
        {
            PlannedDose.Of(row, facts).AddMissing(facts, fields);
        }
    }

    protected override void SubscribePlanned(Subscriber rule) => rule.WaitFor(keys.Of(Topic.Ingredient, predicate.Ingredients));
}

/// <summary>How much of an ingredient is planned, against what its row allows.</summary>
/// <param name="Mg">All that is known of.</param>
/// <param name="IsWhole">No product leaves its part open.</param>
/// <param name="LimitMg">Null = it depends on the body weight, which is not known.</param>
/// <param name="NeedsWeight">The weight, which is not known, would lower the limit or give one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlannedDose(Ingredient Row, decimal Mg, bool IsWhole, decimal? LimitMg, bool NeedsWeight)
{
    public bool Exceeds => Mg > LimitMg;

    public static PlannedDose Of(Ingredient row, Case facts)
    {
        var plan = facts.Plan.Source;
        var (mg, isGiven, isWhole) = (0m, false, true);
        for (var i = 0; i < (plan.Doses?.Count ?? 0); i++)
        {
            if (string.Equals(plan.Doses![i].Ingredient, row.Id, StringComparison.Ordinal))
            {
                isGiven = true;
                mg += plan.Doses[i].Mg ?? 0;
                isWhole &= plan.Doses[i].Mg is not null;
            }
        }
        isWhole &= isGiven || !plan.Ingredients!.Has(row.Id);
        var limit = row.MaxDosePerSession!;
        if (string.Equals(limit.Unit, DoseLimit.Mg, StringComparison.Ordinal))
        {
            return new PlannedDose(row, mg, isWhole, limit.Value, NeedsWeight: false);
        }
        var byWeight = limit.Value * facts.Patient.Facts.WeightKg;
        return new PlannedDose(row, mg, isWhole, byWeight is null || byWeight > limit.MostMg ? limit.MostMg : byWeight, NeedsWeight: byWeight is null);
    }

    /// <summary>A dose that is not known yet is undecided before the start; once one stands in the plan, the weight matters at every stage.</summary>
    public Truth Read(Case facts) =>
        Exceeds ? Truth.Yes
        : NeedsWeight && Mg > 0 ? Truth.Unknown
        : IsWhole ? Truth.No
        : facts.NotPlanned;

    public void AddMissing(Case facts, List<string> fields)
    {
        if (!IsWhole && facts.NotPlanned == Truth.Unknown)
        {
            fields.Add("doses");
        }
        if (NeedsWeight && Mg > 0)
        {
            fields.Add("weightKg");
        }
    }

    public string InWords()
    {
        var perKg = string.Equals(Row.MaxDosePerSession!.Unit, DoseLimit.MgPerKg, StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $" ({Row.MaxDosePerSession.Value:0.###} mg per kg{(Row.MaxDosePerSession.MostMg is { } most ? $", never more than {most:0.###} mg" : "")})")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Row.Title}: {Mg:0.###} mg planned, at most {LimitMg:0.###} mg in a session{perKg}");
    }
}

/// <summary>The same kind of substance is planned twice.</summary>
internal sealed class DuplicateClause : CocktailClause
{
    private readonly int[] wanted;

    public DuplicateClause(PlannedDuplicatePredicate predicate, RuleBook book, Keys keys) =>
        wanted = keys.Of(Topic.Ingredient, book.Knowledge.Ingredients.Where(row => predicate.Classes.Has(row.Class) || predicate.Ingredients.Has(row.Id)).Select(row => row.Id));

    protected override Truth ReadPlanned(Case facts)
    {
        var products = 0;
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            products += wanted.AsSpan().Contains(ingredient.Key) ? ProductsWith(ingredient.Row.Id, facts) : 0;
        }
        return products > 1 ? Truth.Yes : Truth.No;
    }

    public override void Because(Case facts, List<string> words)
    {
        var planned = facts.Plan.Ingredients.Where(ingredient => wanted.Contains(ingredient.Key)).Select(ingredient =>
            ProductsWith(ingredient.Row.Id, facts) is var products and > 1
                ? string.Create(CultureInfo.InvariantCulture, $"{Sentences.LowerFirst(ingredient.Row.Title)} in {products} products")
                : Sentences.LowerFirst(ingredient.Row.Title));
        words.Add($"Planned: {string.Join(" and ", planned)}");
    }

    protected override void SubscribePlanned(Subscriber rule) => rule.WaitFor(wanted);

    /// <summary>Two lots of one product are one product; a dose whose product is not named is one of its own. Before doses are known there is one.</summary>
    private static int ProductsWith(string ingredient, Case facts)
    {
        var (products, doses) = (0, facts.Plan.Source.Doses);
        for (var i = 0; i < (doses?.Count ?? 0); i++)
        {
            products += string.Equals(doses![i].Ingredient, ingredient, StringComparison.Ordinal) && !IsCounted(doses, i) ? 1 : 0;
        }
        return Math.Max(products, 1);
    }

    private static bool IsCounted(IReadOnlyList<Dose> doses, int index)
    {
        var dose = doses[index];
        for (var i = 0; i < index && dose.Product is not null; i++)
        {
            if (string.Equals(doses[i].Ingredient, dose.Ingredient, StringComparison.Ordinal) && string.Equals(doses[i].Product, dose.Product, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
