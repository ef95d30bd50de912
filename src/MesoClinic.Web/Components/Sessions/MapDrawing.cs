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

    public static string Outline(AreaShape shape) => Outline(shape.Outline.Corners);

    public static string Outline(IEnumerable<MapPoint> corners) => string.Create(CultureInfo.InvariantCulture, $"M{string.Join('L', corners.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.X:0.#} {c.Y:0.#}")))}Z");

    /// <summary>Entry points: lines of no length, which the round ends of the stroke make dots.</summary>
    public static IEnumerable<string> Dots(IReadOnlyList<InjectionPoint> points, BodyView view) => Dots(points, view.WidthMm, view.HeightMm);

    public static IEnumerable<string> Dots(IReadOnlyList<InjectionPoint> points, double wideMm, double highMm) => points.Chunk(PathPoints)
        .Select(some => some.Aggregate(new StringBuilder(), (path, point) => path.Append(CultureInfo.InvariantCulture, $"M{(double)point.X * wideMm:0.##} {(double)point.Y * highMm:0.##}h0")).ToString());

    public static IEnumerable<string> Channels(IReadOnlyList<InjectionPoint> points, BodyView view) => Channels(points, view.WidthMm, view.HeightMm);

    public static IEnumerable<string> Channels(IReadOnlyList<InjectionPoint> points, double wideMm, double highMm) => points.Where(point => point.ToX is not null).Chunk(PathPoints)
        .Select(some => some.Aggregate(new StringBuilder(), (path, point) => path.Append(CultureInfo.InvariantCulture,
            $"M{(double)point.X * wideMm:0.##} {(double)point.Y * highMm:0.##}L{(double)point.ToX!.Value * wideMm:0.##} {(double)point.ToY!.Value * highMm:0.##}")).ToString());

    /// <summary>Diameter of a dot: small enough that many keep apart, large enough to be seen.</summary>
    public static double DotMm(BodyView view, AreaShape? shape, int count) => DotMm(view.WidthMm, shape?.Outline, count);

    public static double DotMm(double wideMm, Ring? outline, int count)
    {
        var usual = wideMm / 56;
        return outline is null || count == 0 ? usual : Math.Clamp(Math.Sqrt(outline.Size / count) * 0.55, usual / 5, usual);
    }

    public static string N(double mm) => mm.ToString("0.##", CultureInfo.InvariantCulture);
}
