using MesoClinic.Rules.Conditions;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Looks for the first later day on which the calendar no longer stands in the way. The facts stay as they are.</summary>
internal static class SafeDate
{
    private const int HorizonDays = 730;

    /// <returns>The day; or none, and the rules whose end cannot be computed.</returns>
    public static (DateOnly? Date, IReadOnlyList<string> WaitingFor) Find(Case facts, IReadOnlyList<Rule> applicable, IReadOnlyList<Fired> fired)
    {
        var stopping = fired.Where(f => f.Rule.StopsTheDay).Select(f => f.Rule).ToArray();
        var waitingFor = stopping.Where(rule => !rule.IsDateDriven || !Days(facts).Any(day => IsClear(rule, day))).Select(rule => rule.Id).ToArray();
        if (waitingFor.Length > 0)
        {
            return (null, waitingFor);
        }
        // A rule that is silent today can stop a later day: an event that is planned, a season that begins.
        var dateDriven = applicable.Where(rule => rule is { StopsTheDay: true, IsDateDriven: true }).ToArray();
        var safe = Days(facts).FirstOrDefault(day => dateDriven.All(rule => IsClear(rule, day)));
        return safe is null ? (null, stopping.Select(rule => rule.Id).ToArray()) : (safe.Date, []);
    }

    private static bool IsClear(Rule rule, Case day) => rule.Read(day).Truth != Truth.Yes;

    private static IEnumerable<Case> Days(Case facts) => Enumerable.Range(1, Math.Min(HorizonDays, DateOnly.MaxValue.DayNumber - facts.Date.DayNumber)).Select(days => facts.On(facts.Date.AddDays(days)));
}
