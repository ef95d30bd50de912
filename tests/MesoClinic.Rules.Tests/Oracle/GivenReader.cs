using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads what was injected before.</summary>
internal static class GivenReader
{
    public static Reading Within(GivenWithinPredicate predicate, Case facts)
    {
        var near = Meant(predicate.Ingredients, facts)?.Where(given => given.Date <= facts.Date && facts.Date.DayNumber - given.Date.DayNumber < predicate.Days).ToArray();
        if (near is null)
        {
            return Unlisted(facts);
        }
        return near.MaxBy(given => given.Date) is not { } last
            ? Reading.No
            : Reading.Yes(() => $"{Title(last, facts)} was given on {Sentences.Date(last.Date)}: {Sentences.Days(facts.Date.DayNumber - last.Date.DayNumber)} before, {predicate.Days} needed");
    }

    public static Reading Times(GivenTimesPredicate predicate, Case facts)
    {
        if (Meant(predicate.Ingredients, facts) is not { } given)
        {
            return Unlisted(facts);
        }
        var times = given.Select(g => g.Date).Distinct().Count();
        return times < predicate.AtLeast ? Reading.No : Reading.Yes(() => $"{Title(given[0], facts)} was given in {times} sessions, {predicate.AtLeast} is the most");
    }

    private static GivenIngredient[]? Meant(IReadOnlyList<string> ingredients, Case facts) => facts.Plan.Given?.Where(given => ingredients.Contains(given.Ingredient)).ToArray();

    /// <summary>At the first session of a course there is nothing before it.</summary>
    private static Reading Unlisted(Case facts) => facts.Plan.SessionNumber == 1 ? Reading.No : facts.NotPlanned("given");

    private static string Title(GivenIngredient given, Case facts) => facts.Book.Ingredients.GetValueOrDefault(given.Ingredient)?.Title ?? given.Ingredient;
}
