namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>A closed polygon on a view, in mm. It crosses nowhere itself.</summary>
public sealed class Ring
{
    private readonly MapPoint[] _corners;

    /// <param name="corners">Three at least; the last joins the first.</param>
    public Ring(IReadOnlyList<MapPoint> corners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        ArgumentOutOfRangeException.ThrowIfLessThan(corners.Count, 3, nameof(corners));
        _corners = [.. corners];
        Least = new MapPoint(_corners.Min(c => c.X), _corners.Min(c => c.Y));
        Most = new MapPoint(_corners.Max(c => c.X), _corners.Max(c => c.Y));
    }

    public IReadOnlyList<MapPoint> Corners => _corners;

    /// <summary>The corner of the bounding box with the smallest coordinates, and the opposite one.</summary>
    public MapPoint Least { get; }
    public MapPoint Most { get; }

    /// <summary>In mm².</summary>
    public double Size => Math.Abs(_corners.Zip(_corners.Skip(1).Append(_corners[0]), (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum()) / 2;

    public bool Overlaps(Ring other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Least.X <= other.Most.X && other.Least.X <= Most.X && Least.Y <= other.Most.Y && other.Least.Y <= Most.Y;
    }

    /// <summary>A ray to the right crosses the outline an odd number of times.</summary>
    public bool Contains(MapPoint point)
    {
        if (point.X < Least.X || point.X > Most.X || point.Y < Least.Y || point.Y > Most.Y)
        {
            return false;
        }

        var inside = false;
        for (int i = 0, before = _corners.Length - 1; i < _corners.Length; before = i++)
        {
            var (a, b) = (_corners[i], _corners[before]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>From the mark to the nearest place of the outline; 0 where a channel crosses it.</summary>
    public double DistanceTo(Mark mark)
    {
        var (from, to) = (mark.At, mark.To ?? mark.At);
        var nearest = double.MaxValue;
        for (int i = 0, before = _corners.Length - 1; i < _corners.Length; before = i++)
        {
            var (a, b) = (_corners[before], _corners[i]);
            nearest = Math.Min(nearest, Math.Min(Distance(from, a, b), mark.To is null ? double.MaxValue : Math.Min(Distance(to, a, b), Math.Min(Distance(a, from, to), Distance(b, from, to)))));
            if (mark.To is not null && Cross(from, to, a, b))
            {
                return 0;
            }
        }

        return nearest;
    }

    /// <summary>Adds where a straight line meets the outline, in mm from its origin.</summary>
    internal void AddCuts(MapPoint origin, MapPoint direction, List<double> cuts)
    {
        var before = Side(_corners[^1]);
        for (var i = 0; i < _corners.Length; i++)
        {
            var side = Side(_corners[i]);
            if (side > 0 != before > 0)
            {
                var from = _corners[i == 0 ? ^1 : i - 1];
                var at = from + ((_corners[i] - from) * (before / (before - side))) - origin;
                cuts.Add((at.X * direction.X) + (at.Y * direction.Y));
            }

            before = side;
        }

        double Side(MapPoint corner) => ((corner.Y - origin.Y) * direction.X) - ((corner.X - origin.X) * direction.Y);
    }

    private static double Distance(MapPoint point, MapPoint a, MapPoint b)
    {
        var (x, y) = (b.X - a.X, b.Y - a.Y);
        var length = (x * x) + (y * y);
        var share = length == 0 ? 0 : Math.Clamp((((point.X - a.X) * x) + ((point.Y - a.Y) * y)) / length, 0, 1);
        (x, y) = (point.X - a.X - (x * share), point.Y - a.Y - (y * share));
        return Math.Sqrt((x * x) + (y * y));
    }

    private static bool Cross(MapPoint a, MapPoint b, MapPoint c, MapPoint d) => Turn(a, b, c) != Turn(a, b, d) && Turn(c, d, a) != Turn(c, d, b);

    private static bool Turn(MapPoint a, MapPoint b, MapPoint c) => ((b.X - a.X) * (c.Y - a.Y)) > ((b.Y - a.Y) * (c.X - a.X));
}
