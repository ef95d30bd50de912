using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Assessing;

/// <summary>
/// Looks for the first later day on which the calendar no longer stands in the way. The facts stay as they are, so a rule changes its mind only on certain days:
/// an event comes near or has passed, a wash-out ends, a month begins, a birthday. Only those are read.
/// </summary>
internal static class SafeDate
{
    private const int HorizonDays = 730;

    /// <returns>The day; or none, and the rules whose end cannot be computed.</returns>
    public static (DateOnly? Date, IReadOnlyList<string> WaitingFor) Find(Case facts, List<Rule> fired)
    {
        var stopping = fired.FindAll(rule => rule.StopsTheDay);
        var waitingFor = stopping.FindAll(rule => !rule.IsDateDriven || !Turns(facts, [rule]).Exists(day => IsClear(rule, day)));
        if (waitingFor.Count > 0)
        {
            return (null, Ids(waitingFor));
        }
        // A rule that is silent today can stop a later day: an event that is planned, a season that begins.
        var mayStop = MayStop(facts);
        var safe = Turns(facts, mayStop).Find(day => mayStop.TrueForAll(rule => IsClear(rule, day)));
        return safe is null ? (null, Ids(stopping)) : (safe.Date, []);
    }

    /// <summary>The date-driven rules that these facts can wake on some day: today, or by the calendar.</summary>
    private static List<Rule> MayStop(Case facts)
    {
        var book = facts.Book;
        var awake = new RuleSet(new ulong[RuleSet.WordsFor(book.Rules.Length)], book.Rules.Length);
        facts.Wake(awake);
        awake.Add(book.WokenByCalendar);
        var found = new List<Rule>();
        foreach (var index in awake)
        {
            var rule = book.Rules[index];
            if (rule is { StopsTheDay: true, IsDateDriven: true } && rule.AppliesTo(facts))
            {
                found.Add(rule);
            }
        }
        return found;
    }

    /// <summary>Tomorrow, and every day up to the horizon on which one of the rules can read otherwise than the day before.</summary>
    private static List<Case> Turns(Case facts, List<Rule> rules)
    {
        var turns = new List<int> { facts.Day + 1 };
        rules.ForEach(rule => rule.Formula.AddTurns(facts, turns));
        var last = Math.Min(facts.Day + HorizonDays, DateOnly.MaxValue.DayNumber);
        turns.Sort();
        var days = new List<Case>();
        foreach (var day in turns)
        {
            if (day > (days.Count == 0 ? facts.Day : days[^1].Day) && day <= last)
            {
                days.Add(facts.On(DateOnly.FromDayNumber(day)));
            }
        }
        return days;
    }

    private static bool IsClear(Rule rule, Case day) => rule.Formula.Read(day) != Truth.Yes;

    private static string[] Ids(List<Rule> rules) => [.. rules.Select(rule => rule.Id)];
}
