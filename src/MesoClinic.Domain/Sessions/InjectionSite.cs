using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Domain.Sessions;

/// <summary>One side of a treated area on one drawn view: where the needle went in, how deep, how much.</summary>
public sealed record InjectionSite
{
    public required string View { get; init; }

    /// <summary>The patient's side: left, right or mid.</summary>
    public required string Side { get; init; }

    /// <summary>In mm; null = as for the whole session.</summary>
    public decimal? DepthMm { get; init; }

    /// <summary>Of each injection, in ml; null = as for the whole session.</summary>
    public decimal? VolumePerPointMl { get; init; }

    /// <summary>The practitioner has finished here.</summary>
    public bool Done { get; init; }
    public IReadOnlyList<InjectionPoint> Points { get; init; } = [];

    /// <summary>The map under the points as it was when the record was signed; null before, and in records older than this.</summary>
    public DrawnArea? Drawn { get; init; }
}

/// <summary>An area as it was drawn: no later edition of the map shifts what was signed on this one.</summary>
/// <param name="Area">Its name then, in words.</param>
/// <param name="View">The view's title.</param>
/// <param name="WidthMm">Of the view, as its height: the points are fractions of them.</param>
/// <param name="Outline">x and y of each corner in turn, in mm.</param>
public sealed record DrawnArea(string Area, string View, double WidthMm, double HeightMm, IReadOnlyList<double> Outline)
{
    public static DrawnArea Of(AreaShape shape, string title)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new DrawnArea(title, shape.View.Title, shape.View.WidthMm, shape.View.HeightMm, [.. shape.Outline.Corners.SelectMany(corner => new[] { corner.X, corner.Y })]);
    }

    /// <summary>In mm.</summary>
    public IEnumerable<MapPoint> Corners => Outline.Chunk(2).Select(pair => new MapPoint(pair[0], pair[1]));
}

/// <summary>One injection: fractions of the view's width and height from its top left corner, and where a channel ends.</summary>
[StructLayout(LayoutKind.Auto)]
[JsonConverter(typeof(InjectionPointJson))]
public readonly record struct InjectionPoint(decimal X, decimal Y, decimal? ToX = null, decimal? ToY = null)
{
    /// <summary>A hundred-thousandth is 0.02 mm on the largest view.</summary>
    private const int Digits = 5;

    public static InjectionPoint Of(Mark mark, BodyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new InjectionPoint(Share(mark.At.X, view.WidthMm), Share(mark.At.Y, view.HeightMm), Share(mark.To?.X, view.WidthMm), Share(mark.To?.Y, view.HeightMm));
    }

    public Mark On(BodyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Mark(new MapPoint((double)X * view.WidthMm, (double)Y * view.HeightMm), ToX is { } x && ToY is { } y ? new MapPoint((double)x * view.WidthMm, (double)y * view.HeightMm) : null);
    }

    private static decimal Share(double mm, double whole) => Math.Round((decimal)(mm / whole), Digits);

    private static decimal? Share(double? mm, double whole) => mm is { } known ? Share(known, whole) : null;
}

/// <summary>As [x, y], or [x, y, toX, toY] for a channel: a session may have thousands of them.</summary>
public sealed class InjectionPointJson : JsonConverter<InjectionPoint>
{
    public override InjectionPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<decimal[]>(ref reader, options) switch
    {
        [var x, var y] => new InjectionPoint(x, y),
        [var x, var y, var toX, var toY] => new InjectionPoint(x, y, toX, toY),
        _ => throw new JsonException("A point is two or four numbers."),
    };

    public override void Write(Utf8JsonWriter writer, InjectionPoint value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var number in (ReadOnlySpan<decimal?>)[value.X, value.Y, value.ToX, value.ToY])
        {
            if (number is { } known)
            {
                writer.WriteNumberValue(known);
            }
        }

        writer.WriteEndArray();
    }
}
