using System.Globalization;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Booking;

/// <summary>How many days the calendar shows at once. The order is that of the views in the page.</summary>
public enum CalendarView
{
    Day,
    Week,
    Month,
    Agenda,
}

/// <summary>An appointment as the scheduler draws it.</summary>
/// <param name="More">Not this appointment itself but so many of its day that a month has no room for.</param>
public sealed record CalendarEvent(GetCalendar.Row Row, int More = 0)
{
    public DateTime Start => Row.Start;
    public DateTime End => Row.End;
    public Guid PractitionerId => Row.PractitionerId;
    public Guid RoomId => Row.RoomId;

    /// <summary>All of it in one sentence, for those who hear it; it begins with what is seen.</summary>
    public string Label => More > 0
        ? $"{More} more on {Row.Start.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}"
        : $"{Row.Patient} {Row.Start.Clock()} {Row.Kind.Word()} {Row.StateWord()}, {Row.Start.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}, {Row.Minutes} minutes, {Row.Practitioner}, {Row.Room}";
}

/// <summary>The days of a view, and how an appointment is told in it.</summary>
internal static class CalendarWords
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    /// <summary>Weeks begin on Monday and the clock has 24 hours.</summary>
    public static CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<AppointmentKind> Kinds { get; } = [AppointmentKind.Session, AppointmentKind.Consultation, AppointmentKind.AllergyTest, AppointmentKind.FollowUp];

    public static int Days(this CalendarView view) => view switch
    {
        CalendarView.Day => 1,
        CalendarView.Week => 7,
        CalendarView.Agenda => 14,
        _ => GetCalendar.MostDays,
    };

    public static DateOnly First(this CalendarView view, DateOnly day) => view switch
    {
        CalendarView.Week => Monday(day),
        CalendarView.Month => Monday(new DateOnly(day.Year, day.Month, 1)),
        _ => day,
    };

    public static DateOnly Step(this CalendarView view, DateOnly day, int by) => view == CalendarView.Month ? day.AddMonths(by) : day.AddDays(by * view.Days());

    public static string Title(this CalendarView view, DateOnly day, DateOnly first, int weekDays) => view switch
    {
        CalendarView.Day => day.ToString("dddd d MMMM", C),
        CalendarView.Month => day.ToString("MMMM yyyy", C),
        CalendarView.Week => Span(first, first.AddDays(weekDays - 1)),
        _ => Span(first, first.AddDays(view.Days() - 1)),
    };

    public static string Before(this CalendarView view) => view switch { CalendarView.Day => "Day before", CalendarView.Month => "Month before", CalendarView.Week => "Week before", _ => "Two weeks before" };

    public static string After(this CalendarView view) => view switch { CalendarView.Day => "Day after", CalendarView.Month => "Month after", CalendarView.Week => "Week after", _ => "Two weeks after" };

    public static string This(this CalendarView view) => view switch { CalendarView.Week => "This week", CalendarView.Month => "This month", _ => "Today" };

    /// <summary>"Tuesday 23 June, 10:30".</summary>
    public static string When(this GetCalendar.Row row) => row.Start.ToString("dddd d MMMM, HH:mm", C);

    public static bool IsOff(this GetCalendar.Row row) => row.State is AppointmentState.Cancelled or AppointmentState.NoShow;

    /// <summary>What matters most of its state.</summary>
    public static string StateWord(this GetCalendar.Row row) => row switch
    {
        { State: AppointmentState.Booked, Decision: > Decision.AllowWithCaution and var decision } when row.Kind.IsTreatment() => decision.Word(),
        { State: AppointmentState.Booked, IsProvisional: true } => "Provisional",
        { State: AppointmentState.Booked } => "Confirmed",
        _ => row.State.Word(),
    };

    public static string StateIcon(this GetCalendar.Row row) => row switch
    {
        { State: AppointmentState.Booked, Decision: > Decision.AllowWithCaution and var decision } when row.Kind.IsTreatment() => decision.Icon(),
        { State: AppointmentState.Booked, IsProvisional: true } => "clock",
        { State: AppointmentState.Booked } => "check",
        _ => row.State.Icon(),
    };

    public static string Css(this GetCalendar.Row row) => row switch
    {
        _ when row.IsOff() => "s-cancel",
        { State: AppointmentState.Booked, Decision: Decision.Postpone or Decision.Refuse or Decision.ModifyPlan } when row.Kind.IsTreatment() => "s-risk",
        { IsProvisional: true } or { State: AppointmentState.Offered } => "s-booked",
        _ => "",
    };

    private static string Span(DateOnly first, DateOnly last) => first.Month == last.Month ? $"{first.Day} to {last.ToString("d MMMM", C)}" : $"{first.ToString("d MMMM", C)} to {last.ToString("d MMMM", C)}";

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
