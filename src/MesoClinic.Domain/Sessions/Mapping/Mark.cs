using System.Runtime.InteropServices;

namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>A place on a drawn view, in mm from its top left corner; y points down.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MapPoint(double X, double Y)
{
    public static MapPoint operator +(MapPoint a, MapPoint b) => new(a.X + b.X, a.Y + b.Y);

    public static MapPoint operator -(MapPoint a, MapPoint b) => new(a.X - b.X, a.Y - b.Y);

    public static MapPoint operator *(MapPoint a, double factor) => new(a.X * factor, a.Y * factor);

    public double DistanceTo(MapPoint other) => double.Hypot(X - other.X, Y - other.Y);

    /// <summary>The unit vector at an angle in radians, 0 to the right and a quarter turn downwards.</summary>
    public static MapPoint Towards(double angle) => new(Math.Cos(angle), Math.Sin(angle));
}

/// <summary>Where the needle goes in and, for a channel, where it ends.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Mark(MapPoint At, MapPoint? To = null)
{
    /// <summary>A channel that ends where it began, to the tenth of a millimetre that a drawing keeps: the needle was led along nothing.</summary>
    public bool IsTooShort => To is { } end && Math.Round(At.DistanceTo(end), 1) < PointLayout.LeastChannelMm;

    public MapPoint Middle => To is { } end ? (At + end) * 0.5 : At;
}
