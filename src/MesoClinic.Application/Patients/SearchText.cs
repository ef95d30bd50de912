using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MesoClinic.Domain.Patients;

namespace MesoClinic.Application.Patients;

/// <summary>What a search reads, on either engine alike: lower case, without accents, words apart.</summary>
public static partial class SearchText
{
    private const int Longest = 500;

    /// <summary>" lindqvist hannah 02079460128 19900311 hannah@post.example": each word after a space, so that a word's beginning can be found.</summary>
    public static string Of(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var birth = patient.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var text = $"{NameKey(patient.FamilyName, patient.GivenName)} {Digits(patient.Phone)} {birth} {patient.Email?.Trim().ToLowerInvariant()}".TrimEnd();
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>How both names begin the search text.</summary>
    internal static string NameKey(string familyName, string givenName) => $" {string.Join(' ', Words(familyName))} {string.Join(' ', Words(givenName))}";

    /// <summary>Words in any order: two records with the same words and birth date may be one person.</summary>
    internal static string SameName(string givenName, string familyName) => string.Join(' ', Words($"{givenName} {familyName}").Order(StringComparer.Ordinal));

    /// <summary>A text without case and accents, so that "Đỗ", "do" and "DO" are found alike.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var c in Whole(text).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Plain(char.ToLowerInvariant(c)));
            }
        }

        return folded.ToString();
    }

    internal static IEnumerable<string> Words(string text) => Word().Matches(Fold(text)).Select(match => match.Value);

    /// <summary>Digits of a phone number without a leading zero or plus, because people write both.</summary>
    internal static string Digits(string? text) => text is null ? "" : string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');

    /// <summary>Half of a surrogate pair cannot be normalised; it is left out.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar).Select(rune => rune.ToString()));

    /// <summary>Letters that Unicode does not take apart.</summary>
    private static string Plain(char letter) => letter switch
    {
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'þ' => "th",
        '\'' or '’' or 'ʼ' => "",
        _ => letter.ToString(),
    };

    /// <summary>Letters and digits of any script; an emoji counts as a word of its own.</summary>
    [GeneratedRegex(@"[\p{L}\p{Nd}\p{Mc}]+|[\p{So}\p{Cs}]+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Word();
}
