using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Points of the demo's past sessions, laid out as in the recorder. Few layouts serve all sessions: the first start does not wait for them.</summary>
internal sealed class DemoPoints
{
    private const double ChannelMm = 8;
    private readonly Dictionary<(AreaShape Shape, LayoutPattern Pattern, int Count), IReadOnlyList<InjectionPoint>> _laid = [];

    /// <summary>About so many points over all areas, by size.</summary>
    public List<TreatedArea> Over(IReadOnlyList<string> areas, string? technique, int points)
    {
        var shapes = areas.ToDictionary(area => area, area => BodyView.Showing(area, areas).ToList(), StringComparer.Ordinal);
        var whole = shapes.Values.Sum(sides => sides.Sum(shape => shape.Outline.Size));
        return areas.Select(area => new TreatedArea
        {
            Area = area,
            Sites = LayoutPatterns.Of(technique) is not { } pattern ? [] : shapes[area].ConvertAll(shape => new InjectionSite
            {
                View = shape.View.Id,
                Side = shape.Side,
                Done = true,
                Points = Laid(shape, pattern, Math.Max(2, (int)Math.Round(points * shape.Outline.Size / whole))),
            }),
        }).ToList();
    }

    private IReadOnlyList<InjectionPoint> Laid(AreaShape shape, LayoutPattern pattern, int count)
    {
        if (!_laid.TryGetValue((shape, pattern, count), out var points))
        {
            points = [.. PointLayout.ByCount(shape, pattern, count, pattern.HasChannels() ? ChannelMm : null).Marks.Select(mark => InjectionPoint.Of(mark, shape.View))];
            _laid[(shape, pattern, count)] = points;
        }

        return points;
    }
}
