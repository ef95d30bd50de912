namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>How a technique spreads its injections over an area.</summary>
public enum LayoutPattern
{
    /// <summary>Rows that stand in each other's gaps: an area is covered evenly.</summary>
    Staggered,

    /// <summary>Rows and columns: single deposits that stay apart.</summary>
    Square,

    /// <summary>Parallel channels along the area.</summary>
    Lines,

    /// <summary>Channels that spread from one entry point.</summary>
    Fan,

    /// <summary>Channels that carry on where the last one ended.</summary>
    Traced,

    /// <summary>Parallel channels, each beside the gap of its neighbours.</summary>
    Tunnels,

    /// <summary>Two families of channels that cross.</summary>
    Mesh,
}

public static class LayoutPatterns
{
    private static readonly Dictionary<string, LayoutPattern> ByTechnique = new(StringComparer.Ordinal)
    {
        ["tech-nappage"] = LayoutPattern.Staggered,
        ["tech-classic"] = LayoutPattern.Staggered,
        ["tech-mesoinfiltration"] = LayoutPattern.Staggered,
        ["tech-mesoperfusion"] = LayoutPattern.Square,
        ["tech-papular"] = LayoutPattern.Square,
        ["tech-linear"] = LayoutPattern.Lines,
        ["tech-linear-fan"] = LayoutPattern.Fan,
        ["tech-linear-tracer"] = LayoutPattern.Traced,
        ["tech-linear-tunnel"] = LayoutPattern.Tunnels,
        ["tech-linear-mesh"] = LayoutPattern.Mesh,
    };

    /// <summary>Null for a technique whose points follow no pattern, such as one at acupuncture points, and for one without a needle.</summary>
    public static LayoutPattern? Of(string? technique) => technique is not null && ByTechnique.TryGetValue(technique, out var pattern) ? pattern : null;

    /// <summary>The needle is led along a channel of some length.</summary>
    public static bool HasChannels(this LayoutPattern pattern) => pattern >= LayoutPattern.Lines;

    /// <summary>Made for a technique of the other kind: points where the needle is led along channels, or channels where it is not.</summary>
    public static bool Misfits(this LayoutPattern pattern, IEnumerable<InjectionPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points.Any(point => point.ToX is not null != pattern.HasChannels());
    }
}
