using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>What rules wait for in the day itself: the age on it, the season, the sun, the days since the last session.</summary>
internal sealed class CalendarFacts(Keys keys, Subscriptions subscriptions)
{
    private readonly Thresholds age = subscriptions.ThresholdsOf(AgeClause.Quantity);
    private readonly Thresholds uvIndex = subscriptions.ThresholdsOf(UvSeasonClause.Quantity);
    private readonly Thresholds daysSinceLastSession = subscriptions.ThresholdsOf(nameof(PlanField.DaysSinceLastSession));

    private readonly int[][] seasons =
    [
        .. Enum.GetValues<Hemisphere>().Select(hemisphere => Enumerable.Range(0, 13).Select(month => keys.Find(Topic.Season, UvSeasonClause.Name(hemisphere, month))).ToArray()),
    ];

    public void Wake(Case facts, RuleSet awake)
    {
        if (facts.Age is { } years)
        {
            subscriptions.Wake(age, years, awake);
        }
        if (facts.Request.UvIndex is { } index)
        {
            subscriptions.Wake(uvIndex, index, awake);
        }
        if (facts.Plan.Source.LastSession is { } last)
        {
            subscriptions.Wake(daysSinceLastSession, facts.Day - last.DayNumber, awake);
        }
        var season = seasons[(int)facts.Request.Hemisphere][facts.Date.Month];
        if (season != Keys.None)
        {
            subscriptions.Wake(season, awake);
        }
    }
}
