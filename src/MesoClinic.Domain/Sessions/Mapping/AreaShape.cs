namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>A treatment area, or one side of it, on a view: its outline without the places where no needle goes (eyes, nostrils, lip line, nipples).</summary>
public sealed class AreaShape
{
    private readonly Ring[] _noGo;

    internal AreaShape(BodyView view, string area, string side, Ring outline, IEnumerable<Ring> noGo)
    {
        (View, Area, Side, Outline) = (view, area, side, outline);
        _noGo = [.. noGo.Where(outline.Overlaps)];
    }

    public BodyView View { get; }
    public string Area { get; }

    /// <summary>The patient's side: left, right, or mid for an area that is not paired.</summary>
    public string Side { get; }
    public Ring Outline { get; }
    public IReadOnlyList<Ring> NoGo => _noGo;

    public bool Contains(MapPoint point) => Outline.Contains(point) && !Array.Exists(_noGo, ring => ring.Contains(point));

    /// <summary>The whole of a channel lies inside, not only its ends.</summary>
    public bool Contains(Mark mark) => Contains(mark.At) && (mark.To is not { } end || (Contains(end) && Clearance(mark) > 0));

    /// <summary>In mm from the nearest outline: the area's own or one where no needle goes.</summary>
    public double Clearance(Mark mark) => _noGo.Aggregate(Outline.DistanceTo(mark), (nearest, ring) => Math.Min(nearest, ring.DistanceTo(mark)));

    /// <summary>The direction, in radians, in which the area is longest.</summary>
    internal double LongAxis()
    {
        var corners = Outline.Corners;
        var (x, y) = (corners.Average(c => c.X), corners.Average(c => c.Y));
        var (xx, yy, xy) = (corners.Sum(c => (c.X - x) * (c.X - x)), corners.Sum(c => (c.Y - y) * (c.Y - y)), corners.Sum(c => (c.X - x) * (c.Y - y)));
        return Math.Atan2(2 * xy, xx - yy) / 2;
    }

    /// <summary>The stretches of a straight line that lie inside: from <paramref name="origin"/> in this direction, in mm along it.</summary>
    internal IEnumerable<(double From, double To)> Along(MapPoint origin, MapPoint direction)
    {
        var cuts = new List<double>();
        Outline.AddCuts(origin, direction, cuts);
        Array.ForEach(_noGo, ring => ring.AddCuts(origin, direction, cuts));
        cuts.Sort();
        for (var i = 1; i < cuts.Count; i++)
        {
            if (Contains(origin + (direction * ((cuts[i - 1] + cuts[i]) / 2))))
            {
                yield return (cuts[i - 1], cuts[i]);
            }
        }
    }
}
