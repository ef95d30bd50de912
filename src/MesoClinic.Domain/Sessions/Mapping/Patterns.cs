namespace MesoClinic.Domain.Sessions.Mapping;

/// <summary>The marks of one pattern at a spacing, row by row. Grids are centred on the area, so that left and right mirror each other.</summary>
internal static class Patterns
{
    /// <summary>How far a fan opens, in radians: a quarter turn, as one hand reaches without moving.</summary>
    private const double FanOpening = Math.PI / 2;

    public static List<Mark> Lay(AreaShape shape, LayoutPattern pattern, double spacing, double channel) => pattern switch
    {
        LayoutPattern.Staggered => Grid(shape, spacing, spacing * Math.Sqrt(3) / 2, spacing / 2),
        LayoutPattern.Square => Grid(shape, spacing, spacing, 0),
        LayoutPattern.Lines => Channels(shape, shape.LongAxis(), spacing, channel, spacing),
        LayoutPattern.Traced => Channels(shape, shape.LongAxis(), spacing, channel, 0),
        LayoutPattern.Tunnels => Channels(shape, shape.LongAxis(), spacing, channel, spacing, staggered: true),
        LayoutPattern.Mesh => [.. Channels(shape, shape.LongAxis() + (Math.PI / 4), spacing, channel, spacing), .. Channels(shape, shape.LongAxis() - (Math.PI / 4), spacing, channel, spacing)],
        LayoutPattern.Fan => Fans(shape, spacing, channel),
        _ => throw new ArgumentOutOfRangeException(nameof(pattern)),
    };

    private static MapPoint Centre(AreaShape shape) => (shape.Outline.Least + shape.Outline.Most) * 0.5;

    /// <summary>Half the diagonal of the bounding box: no row further from its centre meets the area.</summary>
    private static double Reach(AreaShape shape) => shape.Outline.Least.DistanceTo(shape.Outline.Most) / 2;

    private static List<Mark> Grid(AreaShape shape, double spacing, double rowHeight, double shift)
    {
        var (centre, right, down, marks) = (Centre(shape), MapPoint.Towards(0), MapPoint.Towards(Math.PI / 2), new List<Mark>());
        var rows = (int)((shape.Outline.Most.Y - shape.Outline.Least.Y) / 2 / rowHeight);
        for (var row = -rows; row <= rows; row++)
        {
            var origin = centre + (down * (row * rowHeight)) + (right * (row % 2 == 0 ? 0 : shift));
            foreach (var (from, to) in shape.Along(origin, right))
            {
                for (var step = (int)Math.Ceiling(from / spacing); step * spacing <= to; step++)
                {
                    Keep(shape, new Mark(origin + (right * (step * spacing))), marks);
                }
            }
        }

        return marks;
    }

    /// <summary>Rows of channels in one direction; in each stretch of a row as many as fit, centred.</summary>
    private static List<Mark> Channels(AreaShape shape, double direction, double spacing, double channel, double gap, bool staggered = false)
    {
        var (centre, along, across, marks) = (Centre(shape), MapPoint.Towards(direction), MapPoint.Towards(direction + (Math.PI / 2)), new List<Mark>());
        var rows = (int)(Reach(shape) / spacing);
        for (var row = -rows; row <= rows; row++)
        {
            var origin = centre + (across * (row * spacing));
            foreach (var (from, to) in shape.Along(origin, along))
            {
                var room = to - from - (2 * PointLayout.EdgeMm);
                var fit = (int)((room + gap) / (channel + gap));
                var count = staggered && row % 2 != 0 && fit > 1 ? fit - 1 : fit;
                var start = ((from + to) / 2) - (((count * (channel + gap)) - gap) / 2);
                for (var n = 0; n < count; n++)
                {
                    var entry = origin + (along * (start + (n * (channel + gap))));
                    Keep(shape, new Mark(entry, entry + (along * channel)), marks);
                }
            }
        }

        return marks;
    }

    /// <summary>Fans side by side and row by row, each from one entry point upwards; of several placements the one with the most channels.</summary>
    private static List<Mark> Fans(AreaShape shape, double spacing, double channel)
    {
        const int Placements = 3;
        var (wide, high) = ((2 * channel * Math.Sin(FanOpening / 2)) + spacing, channel + spacing);
        var best = new List<Mark>();
        for (var n = 0; n < Placements * Placements; n++)
        {
            var marks = FansFrom(shape, Centre(shape) + new MapPoint(wide * (n % Placements) / Placements, high * (n / Placements) / Placements), wide, high, spacing, channel);
            best = marks.Count > best.Count ? marks : best;
        }

        return best;
    }

    private static List<Mark> FansFrom(AreaShape shape, MapPoint centre, double wide, double high, double spacing, double channel)
    {
        var step = 2 * Math.Asin(Math.Min(1, spacing / (2 * channel)));
        var fans = (int)(FanOpening / step);
        var (columns, rows, marks) = ((int)(Reach(shape) / wide) + 1, (int)(Reach(shape) / high) + 1, new List<Mark>());
        for (var row = -rows; row <= rows; row++)
        {
            for (var column = -columns; column <= columns; column++)
            {
                var entry = centre + new MapPoint(column * wide, row * high);
                if (!shape.Contains(entry))
                {
                    continue;
                }

                for (var n = 0; n <= fans; n++)
                {
                    var angle = (-Math.PI / 2) + ((n - (fans / 2.0)) * step);
                    Keep(shape, new Mark(entry, entry + (MapPoint.Towards(angle) * channel)), marks);
                }
            }
        }

        return marks;
    }

    private static void Keep(AreaShape shape, Mark mark, List<Mark> marks)
    {
        if (shape.Contains(mark.At) && shape.Clearance(mark) >= PointLayout.EdgeMm)
        {
            marks.Add(mark);
        }
    }
}
