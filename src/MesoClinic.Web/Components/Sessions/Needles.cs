using System.Globalization;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Needles by gauge. The designated metric sizes are those of ISO 9626:2016, table 1: the outer diameter in mm that stands on the pack beside the gauge.</summary>
internal static class Needles
{
    private static readonly Dictionary<int, decimal> MetricSize = new()
    {
        [23] = 0.6m, [24] = 0.55m, [25] = 0.5m, [26] = 0.45m, [27] = 0.4m, [28] = 0.36m, [29] = 0.33m, [30] = 0.3m, [31] = 0.25m, [32] = 0.23m, [33] = 0.2m, [34] = 0.18m,
    };

    /// <summary>"30G", "30 g" or "G30" as 0.3 mm; null = no gauge that is known here.</summary>
    public static decimal? OfGauge(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.Trim();
        return bare.Contains('g', StringComparison.OrdinalIgnoreCase) && int.TryParse(bare.Trim('g', 'G', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var gauge) && MetricSize.TryGetValue(gauge, out var mm) ? mm : null;
    }

    /// <summary>A limit in mm as the thickest needle that keeps it: 0.31 mm, which a 30G needle may measure, as "up to 30G, 0.3 mm".</summary>
    public static string AtMost(decimal limitMm) => MetricSize.Where(size => size.Value <= limitMm).OrderByDescending(size => size.Value).Select(size => string.Create(CultureInfo.InvariantCulture, $"up to {size.Key}G, {size.Value:0.##} mm")).FirstOrDefault()
        ?? string.Create(CultureInfo.InvariantCulture, $"of {limitMm:0.###} mm");
}
