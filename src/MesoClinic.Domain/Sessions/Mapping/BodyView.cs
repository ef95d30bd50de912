using System.Text.Json;

namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>One drawn view of the body in mm of an average adult, true to scale only in the plane of the picture, with the shape of every treatment area that it shows.</summary>
public sealed class BodyView
{
    private static readonly Lazy<IReadOnlyList<BodyView>> Shipped = new(Read);

    private BodyView(ViewRow row)
    {
        (Id, Title, WidthMm, HeightMm) = (row.Id, row.Title, row.WidthMm, row.HeightMm);
        var noGo = row.NoGo.ConvertAll(RingOf);
        Shapes = row.Areas.ConvertAll(area => new AreaShape(this, area.Area, area.Side, RingOf(area.Outline), noGo));
    }

    public static IReadOnlyList<BodyView> All => Shipped.Value;

    public string Id { get; }
    public string Title { get; }
    public double WidthMm { get; }
    public double HeightMm { get; }
    public IReadOnlyList<AreaShape> Shapes { get; }

    public static BodyView? Find(string id) => All.FirstOrDefault(view => view.Id == id);

    /// <summary>Null when this view does not show the area on this side.</summary>
    public static AreaShape? FindShape(string view, string area, string side) => Find(view)?.Shapes.FirstOrDefault(shape => shape.Area == area && shape.Side == side);

    /// <summary>The view on which most of these areas are seen; of several the one with most of their sides, then the one that shows most of them. The first for none.</summary>
    public static BodyView For(IReadOnlyCollection<string> areas) => All
        .OrderByDescending(view => view.Of(areas).Select(shape => shape.Area).Distinct(StringComparer.Ordinal).Count())
        .ThenByDescending(view => view.Of(areas).Count).ThenByDescending(view => view.Of(areas).Sum(shape => shape.Outline.Size)).First();

    /// <summary>The shapes of an area, both sides of a paired one: on the view of all areas if it is seen there, otherwise on its own best view.</summary>
    public static IEnumerable<AreaShape> Showing(string area, IReadOnlyCollection<string> areas) =>
        For(areas).Of([area]) is { Count: > 0 } shapes ? shapes : For([area]).Of([area]);

    private List<AreaShape> Of(IReadOnlyCollection<string> areas) => [.. Shapes.Where(shape => areas.Contains(shape.Area, StringComparer.Ordinal))];

    private static BodyView[] Read()
    {
        using var file = typeof(BodyView).Assembly.GetManifestResourceStream("body-map.json") ?? throw new InvalidOperationException("The body map is not part of this build.");
        return [.. JsonSerializer.Deserialize<List<ViewRow>>(file, JsonSerializerOptions.Web)!.Select(row => new BodyView(row))];
    }

    private static Ring RingOf(double[] coordinates) => new([.. coordinates.Chunk(2).Select(pair => new MapPoint(pair[0], pair[1]))]);

    private sealed record ViewRow(string Id, string Title, double WidthMm, double HeightMm, List<AreaRow> Areas, List<double[]> NoGo);

    private sealed record AreaRow(string Area, string Side, double[] Outline);
}
