using System.Globalization;

namespace MesoClinic.Domain.Sessions;

/// <summary>
/// A signature by finger or mouse: the strokes as an SVG path in a box of 600 by 200, whole numbers only. Each stroke begins with "M x y" and goes on with steps "l dx dy",
/// as in "M40 120l5-12l7 3". Anything else is not a signature, so that nothing but lines can ever be drawn from it.
/// </summary>
public static class DrawnSignature
{
    public const int Width = 600;
    public const int Height = 200;

    /// <summary>Longest text that is kept, in characters.</summary>
    public const int Longest = 2 * Limits.Text;

    /// <summary>Shorter than this, in units of the box, it is a slip of the finger.</summary>
    private const double ShortestLine = 120;

    /// <summary>Why it cannot be kept, in words for the person who signs; null when it can.</summary>
    public static string? Problem(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length > Longest ? "This signature has too many strokes. Clear the field and sign once more."
            : Length(path) is not { } length ? "This signature cannot be read. Clear the field and sign once more."
            : length < ShortestLine ? "Sign with your full signature; a dot or a dash is too short."
            : null;
    }

    /// <summary>The length of all lines; null when the text is no such path, or leaves its box.</summary>
    private static double? Length(string path)
    {
        var (at, length, x, y) = (0, 0d, 0, 0);
        while (at < path.Length)
        {
            var command = path[at++];
            if (command is not ('M' or 'l') || (at == 1 && command is not 'M')
                || Number(path, ref at) is not { } first || Number(path, ref at) is not { } second)
            {
                return null;
            }

            (x, y) = command is 'M' ? (first, second) : (x + first, y + second);
            length += command is 'l' ? Math.Sqrt((first * (double)first) + (second * (double)second)) : 0;
            if (x is < 0 or > Width || y is < 0 or > Height)
            {
                return null;
            }
        }

        return length;
    }

    private static int? Number(string path, ref int at)
    {
        if (at < path.Length && path[at] == ' ')
        {
            at++;
        }

        var start = at;
        at += at < path.Length && path[at] == '-' ? 1 : 0;
        while (at < path.Length && at - start < 5 && char.IsAsciiDigit(path[at]))
        {
            at++;
        }

        return int.TryParse(path.AsSpan(start, at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
