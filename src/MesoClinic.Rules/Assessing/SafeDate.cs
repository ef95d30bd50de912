using System.Runtime.InteropServices;
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

    /// <param name="awake">The rules that the facts wake.</param>
    /// <returns>The day; or none, and the rules whose end cannot be computed.</returns>
    public static (DateOnly? Date, IReadOnlyList<string> WaitingFor) Find(Case facts, List<Rule> fired, RuleSet awake)
    {
        List<string>? waitingFor = null;
        var turns = new List<int>(8);
        foreach (var rule in fired)
        {
            if (rule.StopsTheDay && (!rule.IsDateDriven || FirstClear(facts, [rule], turns) is null))
            {
                (waitingFor ??= []).Add(rule.Id);
            }
        }
        if (waitingFor is not null)
        {
            return (null, waitingFor);
        }
        // A rule that is silent today can stop a later day: an event that is planned, a season that begins.
        return FirstClear(facts, CollectionsMarshal.AsSpan(MayStop(facts, awake)), turns) is { } day ? (day, []) : (null, [.. fired.Where(rule => rule.StopsTheDay).Select(rule => rule.Id)]);
    }

    /// <summary>The date-driven rules that these facts can wake on some day: today, or by the calendar.</summary>
    private static List<Rule> MayStop(Case facts, RuleSet awake)
    {
        var book = facts.Book;
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

    /// <summary>Reads tomorrow, and every day up to the horizon on which one of the rules can read otherwise than the day before.</summary>
    /// <param name="turns">Any list; what stands in it is thrown away.</param>
    private static DateOnly? FirstClear(Case facts, ReadOnlySpan<Rule> rules, List<int> turns)
    {
        turns.Clear();
        turns.Add(facts.Day + 1);
        foreach (var rule in rules)
        {
            rule.Formula.AddTurns(facts, turns);
        }
        turns.Sort();
        var (read, last) = (facts.Day, Math.Min(facts.Day + HorizonDays, DateOnly.MaxValue.DayNumber));
        foreach (var turn in turns)
        {
            if (turn > read && turn <= last)
            {
                read = turn;
                var day = facts.On(DateOnly.FromDayNumber(turn));
                if (IsClear(rules, day))
                {
                    return day.Date;
                }
            }
        }
        return null;
    }

    private static bool IsClear(ReadOnlySpan<Rule> rules, Case day)
    {
        foreach (var rule in rules)
        {
            if (rule.Formula.Read(day) == Truth.Yes)
            {
                return false;
            }
        }
        return true;
    }
}
