using System.Globalization;

namespace MesoClinic.Domain.Cocktails;

/// <summary>What the barcode of a pack says: GS1 text as a scanner types it, or the plain number of the product.</summary>
/// <param name="Gtin">14 digits, with a right check digit.</param>
/// <param name="Lot">Null = the code holds none, or it could not be read for certain.</param>
/// <param name="ExpiresOn">Last day of use; null = the code holds none, or it could not be read for certain.</param>
/// <param name="LotMayHoldMore">Nothing says where the lot ends, and it could hold what stood behind it: to be compared with a lot in stock, never taken down as a new one.</param>
/// <param name="IsBare">The code holds the number of the product and nothing else; else a missing lot was lost on the way, never to be guessed.</param>
public sealed record Gs1Label(string Gtin, string? Lot, DateOnly? ExpiresOn, bool IsBare = false, bool LotMayHoldMore = false)
{
    /// <summary>Longer than any code of a pack.</summary>
    public const int LongestScan = 200;

    private const char GroupSeparator = '\u001d';
    private const string Product = "01";
    private const string LotNumber = "10";
    private const string LastDay = "17";
    private const string Serial = "21";

    /// <summary>A lot number has up to 20 characters: what is longer has swallowed what came behind it.</summary>
    private const int LongestLot = 20;

    /// <summary>Length of identifier and value together, by the first two digits (GS1 General Specifications, figure 7.8.5-2); the others run to the next separator.</summary>
    private static readonly Dictionary<string, int> Predefined = new(StringComparer.Ordinal)
    {
        ["00"] = 20, ["01"] = 16, ["02"] = 16, ["03"] = 16, ["04"] = 18, ["11"] = 8, ["12"] = 8, ["13"] = 8, ["14"] = 8, ["15"] = 8, ["16"] = 8, ["17"] = 8, ["18"] = 8, ["19"] = 8,
        ["20"] = 4, ["31"] = 10, ["32"] = 10, ["33"] = 10, ["34"] = 10, ["35"] = 10, ["36"] = 10, ["41"] = 16,
    };

    /// <summary>
    /// Reads 01…17…10… in any order, with or without brackets, with FNC1 as the separator character or none at all, and the bare number under a barcode. Null = this is
    /// no such code, which may well be a typed lot number. Without a separator behind it, a lot runs to the end of the text: so the standard wants it last.
    /// </summary>
    public static Gs1Label? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var code = Prepared(text);
        return AsGtin(code) is { } bare ? new Gs1Label(bare, null, null, IsBare: true) : code.StartsWith('(') ? FromBrackets(code) : FromPlain(code);
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
        var parts = new List<Part>();
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
            var part = new Part(code[(at + 1)..close].Trim(), code[(close + 1)..end].Trim(GroupSeparator, ' '), IsClosed: true);
            if (!IsWhole(part))
            {
                return null;
            }

            parts.Add(part);
            at = end;
        }

        return FromParts(parts);
    }

    /// <summary>An identifier has two to four digits. A lot may hold brackets of its own: what stands in them is none, or has not the length that it should have.</summary>
    private static bool IsWhole(Part part) => part.Id.Length is >= 2 and <= 4 && part.Id.All(char.IsAsciiDigit) && (!Predefined.TryGetValue(part.Id[..2], out var length) || part.Id.Length + part.Value.Length == length);

    private static Gs1Label? FromPlain(string code)
    {
        var parts = new List<Part>();
        var rest = code;
        while (rest.Length > 2 && char.IsAsciiDigit(rest[0]) && char.IsAsciiDigit(rest[1]))
        {
            // What nobody asks for here is stepped over, known or not: its length is set, or it ends at the separator.
            var separator = rest.IndexOf(GroupSeparator, StringComparison.Ordinal);
            var isSet = Predefined.TryGetValue(rest[..2], out var length);
            var end = isSet ? length : separator < 0 ? rest.Length : separator;
            if (end > rest.Length)
            {
                return null;
            }

            parts.Add(new Part(rest[..2], rest[2..end], isSet || separator >= 0));
            rest = rest[end..].TrimStart(GroupSeparator);
        }

        return FromParts(rest.Length == 0 ? parts : [.. parts, new Part("", rest, IsClosed: false)]);
    }

    private static Gs1Label? FromParts(List<Part> parts)
    {
        if (parts.Find(part => part.Id == Product) is not { Value.Length: 14 } product || AsGtin(product.Value) is not { } gtin)
        {
            return null;
        }

        var days = parts.FindAll(part => part.Id == LastDay).ConvertAll(part => DayOf(part.Value)).Distinct().ToList();
        var lots = parts.FindAll(part => part.Id == LotNumber).DistinctBy(part => part.Value, StringComparer.Ordinal).ToList();
        var lot = lots is [var only] && !Swallowed(only, days.Count > 0) ? only : null;
        return days.Contains(null) || parts.Exists(part => part.Id == Product && part.Value != product.Value) ? null
            : new Gs1Label(gtin, lot?.Value.Trim(), days is [var day] ? day : null, IsBare: parts.Count == 1, LotMayHoldMore: lot is { IsClosed: false } && HoldsMore(lot.Value.Trim()));
    }

    /// <summary>The lot is empty, or holds what stood behind it because its separator was lost.</summary>
    private static bool Swallowed(Part lot, bool hasDay) =>
        lot.Value.Trim() is not { Length: > 0 and <= LongestLot } number
        || (!lot.IsClosed && !hasDay && Enumerable.Range(1, number.Length - 1).Any(at => at + 8 <= number.Length && number[at..(at + 2)] == LastDay && DayOf(number[(at + 2)..(at + 8)]) is not null));

    /// <summary>A serial number, or a day of another kind: of production, packaging, best before.</summary>
    private static bool HoldsMore(string lot) => Enumerable.Range(1, lot.Length - 1).Any(at => at + 2 < lot.Length
        && (lot[at..(at + 2)] == Serial || (lot[at] == '1' && at + 8 <= lot.Length && char.IsAsciiDigit(lot[at + 1]) && DayOf(lot[(at + 2)..(at + 8)]) is not null)));

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

    /// <param name="Id">Of a longer identifier only its first two digits, where no brackets mark it.</param>
    /// <param name="IsClosed">Where the value ends is certain: by its set length, its separator or its bracket.</param>
    private sealed record Part(string Id, string Value, bool IsClosed);
}
