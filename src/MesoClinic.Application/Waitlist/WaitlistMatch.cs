using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Waitlist;

/// <summary>Who of those who wait would take a time that became free, the best first. Pure; whether it is safe for them is asked afterwards.</summary>
internal static class WaitlistMatch
{
    private static readonly TimeOnly Noon = new(12, 0);
    private static readonly TimeOnly Evening = new(17, 0);

    /// <summary>
    /// Who asked for this very person comes first, then whose visit fits and leaves the least time unused, then who has waited the longest. A longer visit
    /// comes last: it can be had where the time after is free too, which the timetable knows.
    /// </summary>
    /// <param name="start">On the clinic's wall clock.</param>
    /// <param name="minutes">How long the free time is.</param>
    public static IReadOnlyList<WaitlistEntry> Best(DateTime start, int minutes, Guid practitionerId, IEnumerable<WaitlistEntry> waiting) =>
    [
        .. waiting.Where(entry => Suits(entry, start, practitionerId))
            .OrderByDescending(entry => entry.Practitioners.Contains(practitionerId)).ThenBy(entry => entry.Minutes > minutes).ThenBy(entry => minutes - entry.Minutes).ThenBy(entry => entry.AddedUtc).ThenBy(entry => entry.Id),
    ];

    private static bool Suits(WaitlistEntry entry, DateTime start, Guid practitionerId)
    {
        var (day, time) = (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
        return entry.State == WaitlistState.Waiting
            && entry.From <= day && day <= entry.Until
            && (entry.Practitioners.Count == 0 || entry.Practitioners.Contains(practitionerId))
            && (entry.Weekdays.Count == 0 || entry.Weekdays.Contains(day.DayOfWeek))
            && entry.PartOfDay switch
            {
                PartOfDay.Morning => time < Noon,
                PartOfDay.Afternoon => time >= Noon && time < Evening,
                PartOfDay.Evening => time >= Evening,
                _ => true,
            };
    }
}
