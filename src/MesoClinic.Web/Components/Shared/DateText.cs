using System.Globalization;

namespace MesoClinic.Web.Components.Shared;

/// <summary>Dates as the portal writes them, whatever the server's culture.</summary>
internal static class DateText
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    /// <summary>Saturday 20 June 2026: where a person plans by it.</summary>
    public static string Long(this DateOnly date) => date.ToString("dddd d MMMM yyyy", C);

    /// <summary>20 June 2026.</summary>
    public static string Full(this DateOnly date) => date.ToString("d MMMM yyyy", C);

    /// <summary>20 June.</summary>
    public static string Short(this DateOnly date) => date.ToString("d MMMM", C);

    /// <summary>16 June 2026, 11:17.</summary>
    public static string Full(this DateTime moment) => moment.ToString("d MMMM yyyy, HH:mm", C);

    public static string Clock(this DateTime moment) => moment.ToString("HH:mm", C);
}
