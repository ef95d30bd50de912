using System.Globalization;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>Whether the sun is strong: month and hemisphere, UV index, or a planned trip.</summary>
internal sealed class UvSeasonClause(UvSeasonPredicate predicate, AnswerClause trip) : Clause
{
    public const string Quantity = "uv index";

    private readonly int north = Months(predicate.MonthsNorth);
    private readonly int south = Months(predicate.MonthsSouth);

    public override int Commonness => 600;

    public override bool IsDateDriven => true;

    public override bool IsWokenByTheCalendar => true;

    public static string Name(Hemisphere hemisphere, int month) => $"{hemisphere} {month}";

    public override Truth Read(Case facts) => IsSunny(facts.Request.Hemisphere, facts.Date.Month) || IsIntense(facts) ? Truth.Yes : trip.Read(facts);

    public override void Because(Case facts, List<string> words)
    {
        var hemisphere = facts.Request.Hemisphere;
        if (IsSunny(hemisphere, facts.Date.Month))
        {
            words.Add(hemisphere == Hemisphere.Tropics
                ? "Strong sun all year in the tropics"
                : string.Create(CultureInfo.InvariantCulture, $"Sunny season: {facts.Date:MMMM}, {(hemisphere == Hemisphere.North ? "northern" : "southern")} hemisphere"));
        }
        else if (IsIntense(facts))
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"UV index {facts.Request.UvIndex:0.#}, limit {predicate.UvIndexAtLeast:0.#}"));
        }
        else
        {
            trip.Because(facts, words);
        }
    }

    public override void Missing(Case facts, List<string> fields) => trip.Missing(facts, fields);

    public override void Subscribe(Subscriber rule)
    {
        foreach (var hemisphere in Enum.GetValues<Hemisphere>())
        {
            foreach (var month in Enumerable.Range(1, 12).Where(month => IsSunny(hemisphere, month)))
            {
                rule.WaitFor(Topic.Season, Name(hemisphere, month));
            }
        }
        rule.WaitFor(Quantity, Comparison.Gte, predicate.UvIndexAtLeast);
        trip.Subscribe(rule);
    }

    public override void AddTurns(Case facts, List<int> days)
    {
        facts.AddMonthStarts(days);
        trip.AddTurns(facts, days);
    }

    private bool IsIntense(Case facts) => facts.Request.UvIndex >= predicate.UvIndexAtLeast;

    private bool IsSunny(Hemisphere hemisphere, int month) => hemisphere switch
    {
        Hemisphere.North => (north & (1 << month)) != 0,
        Hemisphere.South => (south & (1 << month)) != 0,
        _ => predicate.TropicsAllYear,
    };

    private static int Months(IEnumerable<int> months) => months.Aggregate(0, (all, month) => all | (1 << month));
}
