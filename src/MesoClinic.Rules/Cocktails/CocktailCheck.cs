using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Cocktails;

/// <summary>Tells which product of a cocktail a finding is about, so that it can stand beside it.</summary>
public static class CocktailCheck
{
    /// <summary>
    /// For each product the rules that concern it: they fire on the whole cocktail, not on the plan without any, and either already on this product
    /// alone or no longer once it is left out, with all its lots. Both products of an incompatible pair are named, by the pair and not by the rule that stands for all pairs; a
    /// limit of the whole plan names none.
    /// </summary>
    /// <param name="request">Patient and plan with the whole cocktail.</param>
    /// <param name="products">What goes in of each ingredient, product by product; several entries are lots of one where their doses name it.</param>
    public static IReadOnlyList<IReadOnlyList<string>> RulesByProduct(RuleBook book, AssessmentRequest request, IReadOnlyList<IReadOnlyList<Dose>> products)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(products);
        var about = Fired([.. products.SelectMany(product => product)]).Except(Fired([]), StringComparer.Ordinal).Where(rule => !ReadsPairs(rule)).ToList();
        return about.Count == 0 ? [.. products.Select(_ => Array.Empty<string>())] : [.. products.Select(RulesOf)];

        List<string> RulesOf(IReadOnlyList<Dose> product)
        {
            var alone = Fired([.. products.Where(other => AreOne(other, product)).SelectMany(lot => lot)]);
            var without = Fired([.. products.Where(other => !AreOne(other, product)).SelectMany(other => other)]);
            return about.FindAll(rule => alone.Contains(rule) || !without.Contains(rule));
        }

        static bool AreOne(IReadOnlyList<Dose> one, IReadOnlyList<Dose> other) =>
            ReferenceEquals(one, other) || (one.Count > 0 && other.Count > 0 && one[0].Product is { } name && string.Equals(name, other[0].Product, StringComparison.Ordinal));

        bool ReadsPairs(string rule) => book.Contraindications.TryGetValue(rule, out var row) && row.Detect.Any.Concat(row.Detect.All).Any(predicate => predicate is PlannedPairPredicate);

        HashSet<string> Fired(IReadOnlyList<Dose> doses) => book
            .Assess(request with { Plan = request.Plan with { Ingredients = [.. doses.Select(dose => dose.Ingredient).Distinct(StringComparer.Ordinal)], Doses = doses } })
            .Findings.Select(finding => finding.Rule).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What speaks against mixing these, whoever it is for: findings that only arise because they meet in one cocktail, the gravest first.</summary>
    /// <param name="date">The day on which the question is asked.</param>
    /// <param name="products">What goes in of each ingredient, product by product.</param>
    public static IReadOnlyList<Finding> OfMix(RuleBook book, DateOnly date, IReadOnlyList<IReadOnlyList<Dose>> products)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(products);
        if (products.Count < 2)
        {
            return [];
        }

        var request = new AssessmentRequest { Date = date, HistoryComplete = true };
        var rules = RulesByProduct(book, request, products).SelectMany(list => list).ToHashSet(StringComparer.Ordinal);
        rules.ExceptWith(products.SelectMany(product => Assess(product)).Select(finding => finding.Rule));
        return [.. Assess([.. products.SelectMany(product => product)]).Where(finding => rules.Contains(finding.Rule)).OrderByDescending(finding => finding.Action)];

        IReadOnlyList<Finding> Assess(IReadOnlyList<Dose> doses) =>
            book.Assess(request with { Plan = new TreatmentPlan { Ingredients = [.. doses.Select(dose => dose.Ingredient).Distinct(StringComparer.Ordinal)], Doses = doses } }).Findings;
    }
}
