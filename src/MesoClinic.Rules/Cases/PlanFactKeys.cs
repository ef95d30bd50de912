using System.Collections.Frozen;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>Everything in a plan that rules wait for, what must be known and is not included.</summary>
internal sealed class PlanFactKeys(Keys keys, Subscriptions subscriptions)
{
    private readonly int noIngredients = keys.Find(Topic.Plan, Keys.Unplanned(CocktailClause.Field));
    private readonly int noAreas = keys.Find(Topic.Plan, Keys.Unplanned("areas"));
    private readonly int noIndication = keys.Find(Topic.Plan, Keys.Unplanned("indication"));
    private readonly int indication = keys.Find(Topic.Plan, IndicationClause.Planned);
    private readonly int givenUnknown = keys.Find(Topic.Plan, Keys.Unplanned(GivenClause.Field));
    private readonly int pair = keys.Find(Topic.Other, PairClause.Found);

    private readonly (PlanField Field, int Yes, int No, int Unknown)[] flags =
    [
        .. from field in Enum.GetValues<PlanField>()
           where field.IsFlag()
           let waited = (field, keys.Find(Topic.Plan, FlagClause.Given(field, true)), keys.Find(Topic.Plan, FlagClause.Given(field, false)), UnplannedIn(field, keys))
           where subscriptions.Matter(waited.Item2) || subscriptions.Matter(waited.Item3)
           select waited,
    ];

    private readonly (PlanField Field, Thresholds Limits, int Unknown)[] numbers =
    [
        .. from field in Enum.GetValues<PlanField>()
           where field.IsNumber() && subscriptions.Matter(UnplannedIn(field, keys))
           select (field, subscriptions.ThresholdsOf(field.ToString()), UnplannedIn(field, keys)),
    ];

    private readonly (PlanField Field, FrozenDictionary<string, int> Values, int Unknown)[] choices =
    [
        .. from field in Enum.GetValues<PlanField>()
           where field.IsChoice() && subscriptions.Matter(UnplannedIn(field, keys))
           let prefix = ChoiceClause.Given(field, "")
           select (field, keys.Named(Topic.Plan).Where(name => name.Key.StartsWith(prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name.Key[prefix.Length..], name => name.Value, StringComparer.Ordinal),
               UnplannedIn(field, keys)),
    ];

    public int[] Of(Case facts)
    {
        var found = new KeyBuffer(stackalloc int[64]);
        var plan = facts.Plan.Source;
        Add(plan.Indication is null ? Needed(noIndication, facts) : indication, ref found);
        AddAreas(plan.Areas, facts, ref found);
        AddCocktail(facts, ref found);
        AddGiven(facts, ref found);
        foreach (var (field, yes, no, unknown) in flags)
        {
            var (value, missing) = PlanValues.Flag(field, facts);
            Add(value is { } known ? (known ? yes : no) : PlanValues.Absent(missing, facts) == Truth.Unknown ? unknown : Keys.None, ref found);
        }
        foreach (var (field, limits, unknown) in numbers)
        {
            var (value, missing) = PlanValues.Number(field, facts);
            // How long ago the last session was depends on the day that is read: see the calendar.
            foreach (var op in value is null || field == PlanField.DaysSinceLastSession ? [] : Thresholds.Comparisons)
            {
                AddAll(limits.PassedBy(value!.Value, op), ref found);
            }
            Add(value is null && PlanValues.Absent(missing, facts) == Truth.Unknown ? unknown : Keys.None, ref found);
        }
        foreach (var (field, values, unknown) in choices)
        {
            var (value, missing) = PlanValues.Choice(field, facts);
            Add(value is not null ? values.GetValueOrDefault(value, Keys.None) : PlanValues.Absent(missing, facts) == Truth.Unknown ? unknown : Keys.None, ref found);
        }
        return found.ToArray();
    }

    private void AddAreas(IReadOnlyList<string>? areas, Case facts, ref KeyBuffer found)
    {
        if (areas is null)
        {
            Add(Needed(noAreas, facts), ref found);
        }
        for (var i = 0; i < (areas?.Count ?? 0); i++)
        {
            Add(keys.Find(Topic.Area, areas![i]), ref found);
        }
    }

    private void AddCocktail(Case facts, ref KeyBuffer found)
    {
        if (facts.Plan.Source.Ingredients is null)
        {
            Add(Needed(noIngredients, facts), ref found);
        }
        foreach (var ingredient in facts.Plan.Ingredients)
        {
            AddAll(ingredient.Facts, ref found);
        }
        Add(PairFinder.Find(facts).Count > 0 ? pair : Keys.None, ref found);
        for (var i = 0; i < (facts.Plan.Source.Doses?.Count ?? 0); i++)
        {
            Add(keys.Find(Topic.Ingredient, facts.Plan.Source.Doses![i].Ingredient), ref found);
        }
    }

    private void AddGiven(Case facts, ref KeyBuffer found)
    {
        var given = facts.Plan.Source.Given;
        Add(given is null && GivenClause.Unlisted(facts) == Truth.Unknown ? givenUnknown : Keys.None, ref found);
        for (var i = 0; i < (given?.Count ?? 0); i++)
        {
            Add(keys.Find(Topic.Given, given![i].Ingredient), ref found);
        }
    }

    private static int Needed(int unplanned, Case facts) => facts.NotPlanned == Truth.Unknown ? unplanned : Keys.None;

    private static int UnplannedIn(PlanField field, Keys keys) => keys.Find(Topic.Plan, Keys.Unplanned(field.ToString()));

    private void AddAll(ReadOnlySpan<int> facts, ref KeyBuffer found)
    {
        foreach (var key in facts)
        {
            Add(key, ref found);
        }
    }

    private void Add(int key, ref KeyBuffer found)
    {
        if (subscriptions.Matter(key))
        {
            found.Add(key);
        }
    }
}
