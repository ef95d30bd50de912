using System.Globalization;

namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>Injections laid out over an area by technique. The same wish over the same area always gives the same marks.</summary>
/// <param name="SpacingMm">How far apart they were laid.</param>
/// <param name="Problem">Why there is none, in words.</param>
public sealed record PointLayout(IReadOnlyList<Mark> Marks, double SpacingMm, string? Problem = null)
{
    /// <summary>The most that one session records.</summary>
    public const int MostPoints = 3000;

    /// <summary>Closer than this two marks of the drawing cannot be told apart.</summary>
    public const double LeastSpacingMm = 0.5;
    public const double MostSpacingMm = 100;

    /// <summary>A shorter channel is a point.</summary>
    public const double LeastChannelMm = 1;

    private const double Coarse = 0.92;
    private const double Fine = 0.985;

    /// <summary>Each mark keeps this far inside the line, so that it belongs to its area beyond doubt, rounded as well.</summary>
    internal const double EdgeMm = 0.5;

    /// <summary>As many as fit at this spacing.</summary>
    /// <param name="channelMm">Length of a channel; for patterns with channels only.</param>
    public static PointLayout BySpacing(AreaShape shape, LayoutPattern pattern, double spacingMm, double? channelMm = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (spacingMm is not (>= LeastSpacingMm and <= MostSpacingMm))
        {
            return Refused("Write a spacing between 0.5 and 100 mm.");
        }

        if (WrongChannel(pattern, channelMm) is { } wrong)
        {
            return Refused(wrong);
        }

        if (Roughly(shape, pattern, spacingMm, channelMm) > 2 * MostPoints)
        {
            return Refused(TooMany(spacingMm));
        }

        var marks = Patterns.Lay(shape, pattern, spacingMm, channelMm ?? 0);
        return marks.Count == 0 ? Refused(pattern.HasChannels() ? "No channel of this length fits into the area. Shorten it." : "No point fits into the area at this spacing.")
            : marks.Count > MostPoints ? Refused(TooMany(spacingMm))
            : new PointLayout(marks, spacingMm);
    }

    /// <summary>Exactly so many, as far apart as the area allows. What is left over of the last row is dropped where it is nearest to the edge.</summary>
    /// <param name="channelMm">Length of a channel; for patterns with channels only.</param>
    public static PointLayout ByCount(AreaShape shape, LayoutPattern pattern, int count, double? channelMm = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (count is not (>= 1 and <= MostPoints))
        {
            return Refused("Write a number of points between 1 and 3000.");
        }

        if (WrongChannel(pattern, channelMm) is { } wrong)
        {
            return Refused(wrong);
        }

        // In coarse steps down to a spacing at which enough fit, then in fine steps between it and the last one at which they did not.
        var most = 0;
        if (FirstThatFits(Widest(shape, count, channelMm), LeastSpacingMm, Coarse) is not { } rough)
        {
            return Refused(most == 0 ? "No channel of this length fits into the area. Shorten it." : string.Create(CultureInfo.InvariantCulture, $"Only {most} fit into this area."));
        }

        var found = FirstThatFits(rough.SpacingMm / Coarse, rough.SpacingMm, Fine) ?? rough;
        return found with { Marks = Without(shape, found.Marks, found.Marks.Count - count) };

        PointLayout? FirstThatFits(double widest, double least, double step)
        {
            for (var spacing = widest; spacing >= least; spacing *= step)
            {
                var marks = Patterns.Lay(shape, pattern, spacing, channelMm ?? 0);
                if (marks.Count >= count)
                {
                    return new PointLayout(marks, spacing);
                }

                most = Math.Max(most, marks.Count);
            }

            return null;
        }
    }

    private static string? WrongChannel(LayoutPattern pattern, double? channelMm) =>
        pattern.HasChannels() && channelMm is not (>= LeastChannelMm and <= 100) ? "Write the length of a channel, 1 to 100 mm." : null;

    private static string TooMany(double spacingMm) => string.Create(CultureInfo.InvariantCulture, $"At {spacingMm:0.##} mm more than {MostPoints} points fit. Choose a wider spacing.");

    private static PointLayout Refused(string problem) => new([], 0, problem);

    private static double Roughly(AreaShape shape, LayoutPattern pattern, double spacing, double? channelMm) =>
        shape.Outline.Size / (spacing * (pattern.HasChannels() ? spacing + channelMm!.Value : spacing));

    private static double Widest(AreaShape shape, int count, double? channelMm) =>
        Math.Min(MostSpacingMm, Math.Max(2 * Math.Sqrt(shape.Outline.Size / count), 2 * shape.Outline.Size / (count * (channelMm ?? double.MaxValue))));

    private static IReadOnlyList<Mark> Without(AreaShape shape, IReadOnlyList<Mark> marks, int surplus)
    {
        if (surplus == 0)
        {
            return marks;
        }

        var dropped = marks.Select((mark, index) => (index, Room: shape.Clearance(new Mark(mark.Middle)))).OrderBy(m => Math.Round(m.Room, 6)).ThenBy(m => m.index).Take(surplus).Select(m => m.index).ToHashSet();
        return [.. marks.Where((_, index) => !dropped.Contains(index))];
    }
}
