using System.Globalization;

namespace MesoClinic.Application;

/// <summary>Reads a number as people type it, the same under every language setting: a comma and a point both are the decimal point.</summary>
public static class ClinicNumber
{
    /// <summary>
    /// Accepts an optional minus, digits, and at most one comma or point between digits ("0,02", "0.02", "-1").
    /// Refuses whatever could be read in two ways or misread by a factor of ten: group separators ("1.234,5", "1 234"), a missing zero (".5", "5."), exponents, units.
    /// </summary>
    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.StartsWith("-") || trimmed.StartsWith("\u2212") ? trimmed[1..] : trimmed;
        var point = digits.IndexOfAny(',', '.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        if (!IsDigits(whole) || !IsDigits(fraction) || digits.Length > 28)
        {
            return false;
        }

        var sign = digits.Length == trimmed.Length ? "" : "-";
        var plain = point < 0 ? $"{sign}{whole}" : $"{sign}{whole}.{fraction}";
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
