using System.Globalization;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A clause about what was injected before.</summary>
internal abstract class GivenClause(IReadOnlyList<string> ingredients, Keys keys) : Clause
{
    public const string Field = "given";

    public override int Commonness => 10;

    /// <summary>What an unlisted past says: at the first session of a course there is none; before the start it is not looked up yet.</summary>
    public static Truth Unlisted(Case facts) => facts.Plan.Source.SessionNumber == 1 ? Truth.No : facts.NotPlanned;

    public sealed override Truth Read(Case facts) => facts.Plan.Source.Given is { } given ? ReadGiven(given, facts) : Unlisted(facts);

    public sealed override void Missing(Case facts, List<string> fields) => fields.Add(Field);

    public sealed override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(keys.Of(Topic.Given, ingredients));
        rule.WaitForUnplanned(Field);
    }

    protected abstract Truth ReadGiven(IReadOnlyList<GivenIngredient> given, Case facts);

    protected bool IsMeant(GivenIngredient given) => ingredients.Has(given.Ingredient);

    protected static string Title(string ingredient, Case facts) => facts.Book.Ingredients.GetValueOrDefault(ingredient)?.Title ?? ingredient;
}

/// <summary>One of these ingredients was given fewer than so many days before the day.</summary>
internal sealed class GivenWithinClause(GivenWithinPredicate predicate, Keys keys) : GivenClause(predicate.Ingredients, keys)
{
    public override bool IsDateDriven => true;

    protected override Truth ReadGiven(IReadOnlyList<GivenIngredient> given, Case facts)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (IsNear(given[i], facts))
            {
                return Truth.Yes;
            }
        }
        return Truth.No;
    }

    public override void Because(Case facts, List<string> words)
    {
        var last = facts.Plan.Source.Given!.Where(given => IsNear(given, facts)).MaxBy(given => given.Date)!;
        words.Add(string.Create(CultureInfo.InvariantCulture,
            $"{Title(last.Ingredient, facts)} was given on {Sentences.Date(last.Date)}: {Sentences.Days(facts.Day - last.Date.DayNumber)} before, {predicate.Days} needed"));
    }

    public override void AddTurns(Case facts, List<int> days)
    {
        for (var i = 0; i < (facts.Plan.Source.Given?.Count ?? 0); i++)
        {
            if (IsMeant(facts.Plan.Source.Given![i]))
            {
                days.Add(facts.Plan.Source.Given[i].Date.DayNumber);
                days.Add(facts.Plan.Source.Given[i].Date.DayNumber + predicate.Days);
            }
        }
    }

    private bool IsNear(GivenIngredient given, Case facts) =>
        IsMeant(given) && facts.Day - given.Date.DayNumber is var days && days >= 0 && days < predicate.Days;
}

/// <summary>One of these ingredients was given on at least so many earlier days.</summary>
internal sealed class GivenTimesClause(GivenTimesPredicate predicate, Keys keys) : GivenClause(predicate.Ingredients, keys)
{
    protected override Truth ReadGiven(IReadOnlyList<GivenIngredient> given, Case facts) => Times(given) >= predicate.AtLeast ? Truth.Yes : Truth.No;

    public override void Because(Case facts, List<string> words)
    {
        var given = facts.Plan.Source.Given!;
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{Title(given.First(IsMeant).Ingredient, facts)} was given in {Times(given)} sessions, {predicate.AtLeast} is the most"));
    }

    /// <summary>Days, each once: two ingredients of one session are one time.</summary>
    private int Times(IReadOnlyList<GivenIngredient> given)
    {
        var times = 0;
        for (var i = 0; i < given.Count; i++)
        {
            times += IsMeant(given[i]) && IsFirstOfItsDay(given, i) ? 1 : 0;
        }
        return times;
    }

    private bool IsFirstOfItsDay(IReadOnlyList<GivenIngredient> given, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (given[i].Date == given[index].Date && IsMeant(given[i]))
            {
                return false;
            }
        }
        return true;
    }
}
