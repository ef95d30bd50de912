using System.Globalization;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Application.Booking;

/// <summary>
/// When the clinic is open and who works: the one place that says whether a time may be used at all, if not why, and what would make it possible.
/// Pure, and on the wall clock; who and what is already taken is the claims' to say.
/// </summary>
internal sealed class Rota(IReadOnlyList<DayHours> opening, IReadOnlyDictionary<DateOnly, string> holidays, IReadOnlyDictionary<Guid, Rota.Practitioner> practitioners)
{
    private const int LooksAhead = 366;

    /// <param name="Hours">Empty: whenever the clinic is open.</param>
    public sealed record Practitioner(string Name, IReadOnlyList<DayHours> Hours, IReadOnlyList<Leave> Leave);

    /// <param name="Field">Of <see cref="IBookedTime"/>, whose change would help.</param>
    public sealed record Refusal(string Field, string Message);

    /// <summary>Opening hours of that day; null when the clinic is closed.</summary>
    public DayHours? OpenOn(DateOnly day) => holidays.ContainsKey(day) ? null : HoursOf(opening, day.DayOfWeek);

    /// <summary>The holiday of that day.</summary>
    public string? HolidayOn(DateOnly day) => holidays.GetValueOrDefault(day);

    /// <summary>The stretches of a day in which this person can be booked: within opening hours and working hours, without the break, not on leave.</summary>
    public IReadOnlyList<(TimeOnly From, TimeOnly To)> FreeToWork(DateOnly day, Guid practitionerId)
    {
        if (OpenOn(day) is not { } open || LeaveOn(day, practitionerId) is not null || WorksOn(day, practitionerId) is not { } works)
        {
            return [];
        }

        var (from, to) = (Later(open.From, works.From), Earlier(open.To, works.To));
        List<(TimeOnly From, TimeOnly To)> parts = works is { BreakFrom: { } pause, BreakTo: { } resume } ? [(from, Earlier(to, pause)), (Later(from, resume), to)] : [(from, to)];
        return [.. parts.Where(part => part.From < part.To)];
    }

    /// <summary>Why this person cannot be booked from <paramref name="start"/> to <paramref name="end"/>; null when nothing speaks against it.</summary>
    public Refusal? Refuse(DateTime start, DateTime end, Guid practitionerId)
    {
        var day = DateOnly.FromDateTime(start);
        if (OpenOn(day) is not { } open)
        {
            return new Refusal(nameof(IBookedTime.Date), $"{ClosedOn(day)} {OpensAgain(day)}");
        }

        if (!Within(open, start, end))
        {
            return new Refusal(nameof(IBookedTime.Start), $"On {Days(day)} the clinic is open {Span(open)}. Choose a time within, or a shorter appointment.");
        }

        if (!practitioners.TryGetValue(practitionerId, out var practitioner))
        {
            return null;
        }

        if (LeaveOn(day, practitionerId) is { } leave)
        {
            return new Refusal(nameof(IBookedTime.Date), $"{practitioner.Name} is on leave {(leave.From == leave.Until ? "that day" : $"until {Day(leave.Until)}")}. {NextDay(day, practitionerId)}");
        }

        if (WorksOn(day, practitionerId) is not { } works)
        {
            return new Refusal(nameof(IBookedTime.Date), $"{practitioner.Name} does not work on {Days(day)}. {NextDay(day, practitionerId)}");
        }

        if (!Within(works, start, end))
        {
            return new Refusal(nameof(IBookedTime.Start), $"{practitioner.Name} works {Span(works)} on {Days(day)}. Choose a time within, or somebody else.");
        }

        return works is { BreakFrom: { } pause, BreakTo: { } resume } && start < day.ToDateTime(resume) && end > day.ToDateTime(pause)
            ? new Refusal(nameof(IBookedTime.Start), $"{practitioner.Name} has a break {Span(pause, resume)}. Choose a time before or after it, or somebody else.")
            : null;
    }

    /// <summary>"Closed on Sundays." or "Closed on 25 December (Christmas Day)."; only for a day without opening hours.</summary>
    public string ClosedOn(DateOnly day) => HolidayOn(day) is { } name ? $"Closed on {Day(day)} ({name})." : $"Closed on {Days(day)}.";

    public static string Span(DayHours hours) => Span(hours.From, hours.To);

    private static string Span(TimeOnly from, TimeOnly to) => string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm}–{to:HH:mm}");

    private static DayHours? HoursOf(IReadOnlyList<DayHours> week, DayOfWeek day) => week.FirstOrDefault(hours => hours.Day == day);

    /// <summary>Whole minutes: an appointment that ends at midnight ends on the next day.</summary>
    private static bool Within(DayHours hours, DateTime start, DateTime end)
    {
        var day = DateOnly.FromDateTime(start);
        return start >= day.ToDateTime(hours.From) && end <= day.ToDateTime(hours.To);
    }

    private DayHours? WorksOn(DateOnly day, Guid practitionerId) =>
        HoursOf(practitioners.TryGetValue(practitionerId, out var practitioner) && practitioner.Hours.Count > 0 ? practitioner.Hours : opening, day.DayOfWeek);

    private Leave? LeaveOn(DateOnly day, Guid practitionerId) =>
        practitioners.GetValueOrDefault(practitionerId)?.Leave.Where(leave => leave.From <= day && day <= leave.Until).MaxBy(leave => leave.Until);

    private string OpensAgain(DateOnly day)
    {
        var next = Ahead(day).FirstOrDefault(ahead => OpenOn(ahead) is not null);
        return next == default ? "Choose another day." : string.Create(CultureInfo.InvariantCulture, $"Open again on {next:dddd d MMMM}, {OpenOn(next)!.From:HH:mm}.");
    }

    private string NextDay(DateOnly day, Guid practitionerId)
    {
        var next = Ahead(day).FirstOrDefault(ahead => FreeToWork(ahead, practitionerId).Count > 0);
        return next == default ? "Choose somebody else." : string.Create(CultureInfo.InvariantCulture, $"Works again on {next:dddd d MMMM}; or choose somebody else.");
    }

    private static IEnumerable<DateOnly> Ahead(DateOnly day) => Enumerable.Range(1, LooksAhead).Select(day.AddDays);

    private static string Days(DateOnly day) => $"{day.DayOfWeek}s";

    private static string Day(DateOnly day) => day.ToString("d MMMM", CultureInfo.InvariantCulture);

    private static TimeOnly Later(TimeOnly a, TimeOnly b) => a > b ? a : b;

    private static TimeOnly Earlier(TimeOnly a, TimeOnly b) => a < b ? a : b;
}
