using System.Text.Json;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>One drawn view of the body, with a closed shape for each treatment area that it shows. The drawing itself lies in wwwroot/bodymap.</summary>
internal sealed record BodyView(string Id, string Title, string ViewBox, IReadOnlyList<BodyShape> Areas)
{
    private static readonly Lazy<IReadOnlyList<BodyView>> Shipped = new(Read);

    public static IReadOnlyList<BodyView> All => Shipped.Value;

    /// <summary>The view on which most of these areas are seen.</summary>
    public static BodyView For(IReadOnlyCollection<string> areas) => All.MaxBy(view => view.Areas.Select(shape => shape.Area).Distinct(StringComparer.Ordinal).Count(areas.Contains)) ?? All[0];

    private static BodyView[] Read()
    {
        using var file = typeof(BodyView).Assembly.GetManifestResourceStream("body-map.json") ?? throw new InvalidOperationException("The body map is not part of this build.");
        return JsonSerializer.Deserialize<BodyView[]>(file, JsonSerializerOptions.Web)!;
    }
}

/// <param name="Side">The patient's side: left, right or mid.</param>
internal sealed record BodyShape(string Area, string Side, string Path);
