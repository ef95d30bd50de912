using System.Globalization;
using MesoClinic.Application.Courses;
using MesoClinic.Domain.Courses;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Courses;

/// <summary>How the state and progress of a course are told.</summary>
internal static class CourseWords
{
    public static string Word(this CourseState state) => state switch
    {
        CourseState.Active => "Running",
        CourseState.Completed => "Complete",
        _ => state.ToString(),
    };

    /// <summary>"Next between 14 and 18 June", "Next on Tue 16 June, 10:00".</summary>
    public static string Next(this CourseRow course) => course switch
    {
        { State: CourseState.Completed } => "All sessions done",
        { State: CourseState.Stopped } => "Stopped",
        { State: CourseState.Paused, Next: null } => "Paused",
        { Next: { } next } => $"Next on {next.ToString("ddd d MMMM, HH:mm", CultureInfo.InvariantCulture)}",
        { OverdueSince: { } since } => $"Overdue since {since.Short()}",
        { DueFrom: { } from, DueUntil: { } until } => $"Next {Between(from, until)}",
        { DueFrom: { } from } => $"Next from {from.Short()}",
        _ => "Nothing booked yet",
    };

    public static string Interval(int min, int? max) => max is null ? $"at least {Days(min)} apart" : max == min ? $"{Days(min)} apart" : $"{min} to {max} days apart";

    private static string Between(DateOnly from, DateOnly until) =>
        from == until ? $"on {from.Short()}" : from.Month == until.Month ? $"between {from.Day} and {until.Short()}" : $"between {from.Short()} and {until.Short()}";

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
