using System.Globalization;
using System.Text.RegularExpressions;
using MesoClinic.Domain.Patients;

namespace MesoClinic.Application.Patients;

/// <summary>Reads what somebody typed into a search box: names in any order, the digits of a phone number, a birth date, an e-mail address.</summary>
internal static partial class PatientSearch
{
    private static readonly string[] DayFirst = ["d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d MMM yyyy", "d MMMM yyyy", "yyyyMMdd"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy"];

    public static IQueryable<Patient> Matching(this IQueryable<Patient> patients, string text)
    {
        var rest = text;
        var found = patients;
        if (DateIn().Match(rest) is { Success: true } match && Days(match.Value) is { Count: > 0 } days)
        {
            rest = rest.Remove(match.Index, match.Length);
            found = found.Where(patient => days.Contains(patient.BirthDate));
        }

        foreach (var address in Address().Matches(rest).Select(m => " " + m.Value.ToLowerInvariant()).ToList())
        {
            found = found.Where(patient => patient.SearchText.Contains(address));
        }

        rest = Address().Replace(rest, " ");
        foreach (var word in SearchText.Words(Number().Replace(rest, " ")).Select(word => " " + word).Distinct(StringComparer.Ordinal))
        {
            found = found.Where(patient => patient.SearchText.Contains(word));
        }

        var digits = SearchText.Digits(string.Concat(Number().Matches(rest).Select(m => m.Value)));
        return digits.Length == 0 ? found : found.Where(patient => patient.SearchText.Contains(digits));
    }

    /// <summary>The days that a text may mean: "03/11/1990" is 3 November here and 11 March elsewhere; both are found.</summary>
    private static List<DateOnly> Days(string text)
    {
        var days = new List<DateOnly>();
        var plain = Spaces().Replace(text.Trim(), " ");
        foreach (var formats in new[] { DayFirst, MonthFirst })
        {
            if (DateOnly.TryParseExact(plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                days.Add(day);
            }
        }

        return days;
    }

    [GeneratedRegex(@"\b(\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(19|20)\d{6}|\d{1,2}\s+\p{L}{3,9}\s+\d{4}|\p{L}{3,9}\s+\d{1,2},?\s+\d{4})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex DateIn();

    [GeneratedRegex(@"\S+@\S*", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Address();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Spaces();
}
