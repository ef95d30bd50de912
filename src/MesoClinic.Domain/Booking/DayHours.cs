namespace MesoClinic.Domain.Booking;

/// <summary>From when to when a weekday is open, or somebody works, on the wall clock; with at most one break. A weekday that is not listed is closed, or free.</summary>
public sealed record DayHours
{
    public required DayOfWeek Day { get; init; }
    public required TimeOnly From { get; init; }

    /// <summary>After <see cref="From"/>, on the same day.</summary>
    public required TimeOnly To { get; init; }

    /// <summary>Both or neither; within the hours.</summary>
    public TimeOnly? BreakFrom { get; init; }
    public TimeOnly? BreakTo { get; init; }

    /// <summary>The same hours on every day of the week, Monday first.</summary>
    public static List<DayHours> EveryDay(TimeOnly from, TimeOnly to) => [.. Week.Select(day => new DayHours { Day = day, From = from, To = to })];

    /// <summary>Monday to Sunday, as a week is written.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
}
