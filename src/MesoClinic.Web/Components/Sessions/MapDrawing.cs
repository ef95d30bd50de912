using System.Globalization;
using System.Text;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Shapes and points as paths, in mm of their view.</summary>
internal static class MapDrawing
{
    /// <summary>So many points make one path: a tap sends the browser one of them, not all.</summary>
    private const int PathPoints = 100;

    public static string Outline(AreaShape shape) => string.Create(CultureInfo.InvariantCulture, $"M{string.Join('L', shape.Outline.Corners.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.X:0.#} {c.Y:0.#}")))}Z");

    /// <summary>Entry points: lines of no length, which the round ends of the stroke make dots.</summary>
    public static IEnumerable<string> Dots(IReadOnlyList<InjectionPoint> points, BodyView view) => points.Chunk(PathPoints)
        .Select(some => some.Aggregate(new StringBuilder(), (path, point) => path.Append(CultureInfo.InvariantCulture, $"M{(double)point.X * view.WidthMm:0.##} {(double)point.Y * view.HeightMm:0.##}h0")).ToString());

    public static IEnumerable<string> Channels(IReadOnlyList<InjectionPoint> points, BodyView view) => points.Where(point => point.ToX is not null).Chunk(PathPoints)
        .Select(some => some.Aggregate(new StringBuilder(), (path, point) => path.Append(CultureInfo.InvariantCulture,
            $"M{(double)point.X * view.WidthMm:0.##} {(double)point.Y * view.HeightMm:0.##}L{(double)point.ToX!.Value * view.WidthMm:0.##} {(double)point.ToY!.Value * view.HeightMm:0.##}")).ToString());

    /// <summary>Diameter of a dot: small enough that many keep apart, large enough to be seen.</summary>
    public static double DotMm(BodyView view, AreaShape? shape, int count)
    {
        var usual = view.WidthMm / 56;
        return shape is null || count == 0 ? usual : Math.Clamp(Math.Sqrt(shape.Outline.Size / count) * 0.55, usual / 5, usual);
    }

    public static string N(double mm) => mm.ToString("0.##", CultureInfo.InvariantCulture);
}
