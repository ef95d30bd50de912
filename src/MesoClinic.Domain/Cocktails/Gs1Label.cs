using System.Globalization;

namespace MesoClinic.Domain.Cocktails;

/// <summary>What the barcode of a pack says: GS1 text as a scanner types it, or the plain number of the product.</summary>
/// <param name="Gtin">14 digits, with a right check digit.</param>
/// <param name="Lot">Null = the code holds none.</param>
/// <param name="ExpiresOn">Last day of use; null = the code holds none.</param>
public sealed record Gs1Label(string Gtin, string? Lot, DateOnly? ExpiresOn)
{
    private const char GroupSeparator = '\u001d';

    /// <summary>Length of the value behind these application identifiers; the others run to the next separator.</summary>
    private static readonly Dictionary<string, int> Fixed = new(StringComparer.Ordinal)
    {
        ["00"] = 18, ["01"] = 14, ["02"] = 14, ["11"] = 6, ["12"] = 6, ["13"] = 6, ["15"] = 6, ["16"] = 6, ["17"] = 6, ["20"] = 2,
    };

    private static readonly HashSet<string> Variable = new(StringComparer.Ordinal) { "10", "21", "22", "30", "37", "240", "241", "250", "251", "400", "710", "711", "712", "713", "714", "715" };

    /// <summary>
    /// Reads 01…17…10… with or without brackets, with FNC1 as the separator character or none at all, and the bare number under a barcode. Null = this is no such
    /// code, which may well be a typed lot number. Without a separator behind it, a lot runs to the end of the text: so the standard wants it last.
    /// </summary>
    public static Gs1Label? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var code = Prepared(text);
        return AsGtin(code) is { } bare ? new Gs1Label(bare, null, null)
            : code.StartsWith('(') ? FromBrackets(code)
            : code.StartsWith("01", StringComparison.Ordinal) && code.Length >= 16 ? FromPlain(code)
            : null;
    }

    /// <summary>8, 12, 13 or 14 digits whose last one fits, in 14; null = no such number.</summary>
    public static string? AsGtin(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.Trim();
        if (digits.Length is not (8 or 12 or 13 or 14) || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        var gtin = digits.PadLeft(14, '0');
        var sum = gtin.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 3 : 1)).Sum();
        return sum % 10 == 0 && gtin.Any(digit => digit != '0') ? gtin : null;
    }

    /// <summary>Scanners may put the kind of code first ("]d2"), and write the separator as they like.</summary>
    private static string Prepared(string text)
    {
        var code = text.Trim().Replace("<GS>", "\u001d", StringComparison.OrdinalIgnoreCase).Replace("{GS}", "\u001d", StringComparison.OrdinalIgnoreCase).Replace('\u241d', GroupSeparator);
        return (code.Length > 3 && code[0] == ']' ? code[3..] : code).TrimStart(GroupSeparator);
    }

    private static Gs1Label? FromBrackets(string code)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 0;
        while (at < code.Length)
        {
            var close = code.IndexOf(')', at);
            if (code[at] != '(' || close < 0)
            {
                return null;
            }

            var next = code.IndexOf('(', close);
            var end = next < 0 ? code.Length : next;
            parts[code[(at + 1)..close].Trim()] = code[(close + 1)..end].Trim(GroupSeparator, ' ');
            at = end;
        }

        return FromParts(parts);
    }

    private static Gs1Label? FromPlain(string code)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = code;
        while (rest.Length > 2)
        {
            var id = Fixed.ContainsKey(rest[..2]) || Variable.Contains(rest[..2]) ? rest[..2] : rest.Length > 3 && Variable.Contains(rest[..3]) ? rest[..3] : null;
            if (id is null)
            {
                // Something else follows that nobody asks for here.
                break;
            }

            var separator = rest.IndexOf(GroupSeparator, StringComparison.Ordinal);
            var end = Fixed.TryGetValue(id, out var length) ? id.Length + length : separator < 0 ? rest.Length : separator;
            if (end > rest.Length)
            {
                return null;
            }

            parts[id] = rest[id.Length..end];
            rest = rest[end..].TrimStart(GroupSeparator);
        }

        return FromParts(parts);
    }

    private static Gs1Label? FromParts(Dictionary<string, string> parts)
    {
        if (!parts.TryGetValue("01", out var number) || number.Length != 14 || AsGtin(number) is not { } gtin)
        {
            return null;
        }

        var expires = parts.TryGetValue("17", out var day) ? DayOf(day) : null;
        return parts.ContainsKey("17") && expires is null ? null : new Gs1Label(gtin, parts.GetValueOrDefault("10") is { Length: > 0 } lot ? lot.Trim() : null, expires);
    }

    /// <summary>yyMMdd; day 00 means the last of the month.</summary>
    private static DateOnly? DayOf(string text)
    {
        if (text.Length != 6 || !DateOnly.TryParseExact($"20{text[..4]}01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return null;
        }

        return text[4..] == "00" ? month.AddMonths(1).AddDays(-1)
            : DateOnly.TryParseExact($"20{text}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
