using System.Globalization;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Web.Components.Aftercare;

/// <summary>Times as a patient plans by them.</summary>
internal static class AftercareText
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    /// <summary>Whole days of the calendar between two moments.</summary>
    public static int DaysTo(this DateTimeOffset from, DateTimeOffset to) => (to.Date - from.Date).Days;

    /// <summary>Saturday 20 June, 15:30.</summary>
    public static string Moment(this DateTimeOffset at) => at.ToString("dddd d MMMM, HH:mm", C);

    /// <summary>20 June, 15:30; today and tomorrow by their names.</summary>
    public static string Moment(this DateTimeOffset at, DateTimeOffset now) => now.DaysTo(at) switch
    {
        -1 => $"yesterday, {at.ToString("HH:mm", C)}",
        0 => $"today, {at.ToString("HH:mm", C)}",
        1 => $"tomorrow, {at.ToString("HH:mm", C)}",
        _ => at.ToString("d MMMM, HH:mm", C),
    };

    /// <summary>"4 days", "5 hours" on the last day.</summary>
    public static string TimeLeft(DateTimeOffset now, DateTimeOffset until)
    {
        var days = now.DaysTo(until);
        if (days > 1)
        {
            return $"{days} days";
        }

        var hours = (int)Math.Ceiling((until - now).TotalHours);
        return days == 1 && hours > 18 ? "1 day" : hours == 1 ? "1 hour" : $"{hours} hours";
    }

    /// <summary>3 days since your session.</summary>
    public static string Since(DateTimeOffset session, DateTimeOffset now) => session.DaysTo(now) switch
    {
        0 => "Your session was today",
        1 => "1 day since your session",
        var days => $"{days} days since your session",
    };

    public static string Percent(double share) => (100 * Math.Clamp(share, 0, 1)).ToString("0.#", C) + "%";

    /// <summary>How firmly a rule is meant, in the patient's words.</summary>
    public static string Firmness(this Strictness strictness) => strictness switch
    {
        Strictness.Mandatory => "Please keep to it.",
        Strictness.Physician => "A doctor decides when.",
        Strictness.Strong => "Strongly advised.",
        Strictness.Optional => "If you like.",
        _ => "Advised.",
    };
}
