using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>What a consent is about. Areas and technique belong to a treatment; ingredients to a treatment or an anaesthetic; photos name none.</summary>
public sealed record ConsentSubject(ConsentKind Kind, IReadOnlyList<string> Areas, string? Technique, IReadOnlyList<string> Ingredients);

/// <summary>Everything else that a text mentions.</summary>
public sealed record ConsentFacts(string PatientName, DateOnly BirthDate, string ClinicName, string ClinicPhone, string EmergencyNumber, DateOnly? ExpiresOn);

/// <summary>Fills a wording: what is planned, and the risks that this cocktail and these areas bring, from the complications table. Pure: the same input gives the same text.</summary>
public static partial class ConsentWording
{
    private static readonly string[] OfClinic = ["clinic", "phone", "emergency"];

    /// <summary>What a wording of this kind must name, and may name besides.</summary>
    public static (string[] Must, string[] May) Fields(ConsentKind kind) => kind switch
    {
        ConsentKind.Treatment => (["areas", "technique", "ingredients", "risks", "until"], OfClinic),
        ConsentKind.Anaesthetic => (["anaesthetics", "risks", "until"], OfClinic),
        _ => ([], OfClinic),
    };

    /// <summary>Why this cannot be published as a wording; null when it can.</summary>
    public static string? Problem(ConsentKind kind, string text)
    {
        var named = Field().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var (must, may) = Fields(kind);
        return must.Except(named, StringComparer.Ordinal).Select(name => $"{{{name}}}").ToList() is { Count: > 0 } left
                ? $"Say where these are filled in: {string.Join(", ", left)}. A consent that does not name them would cover nothing."
            : named.Except(must, StringComparer.Ordinal).Except(may, StringComparer.Ordinal).Select(name => $"{{{name}}}").ToList() is { Count: > 0 } unknown
                ? $"Nothing can be filled in for {string.Join(", ", unknown)}. This text knows {string.Join(", ", must.Concat(may).Select(name => $"{{{name}}}"))}."
            : null;
    }

    /// <param name="wording">The text of the subject's kind.</param>
    /// <param name="guardianWording">Added when a guardian signs for a minor; null otherwise.</param>
    public static string Write(RuleBook book, string wording, string? guardianWording, ConsentSubject subject, ConsentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(facts);
        var text = new StringBuilder();
        text.AppendLine(Heading(subject.Kind));
        text.AppendLine(CultureInfo.InvariantCulture, $"Patient: {facts.PatientName}, born {facts.BirthDate:d MMMM yyyy}").AppendLine();
        text.AppendLine(Fill(book, wording, subject, facts));
        if (guardianWording is not null)
        {
            text.AppendLine().AppendLine(Fill(book, guardianWording, subject, facts));
        }

        return text.Replace("\r", "").ToString().TrimEnd();
    }

    /// <summary>Those of these ingredients that numb.</summary>
    public static IReadOnlyList<string> Anaesthetics(RuleBook book, IEnumerable<string> ingredients) =>
        [.. ingredients.Where(id => book.Ingredients.TryGetValue(id, out var known) && known.Class.Contains("anaesthetic", StringComparison.Ordinal))];

    private static string Heading(ConsentKind kind) => kind switch
    {
        ConsentKind.Treatment => "Consent to mesotherapy",
        ConsentKind.Anaesthetic => "Consent to a local anaesthetic",
        _ => "Consent to photographs",
    };

    private static string Fill(RuleBook book, string wording, ConsentSubject subject, ConsentFacts facts) => Field().Replace(wording.Trim(), match => match.Groups["name"].Value switch
    {
        "areas" => Join(subject.Areas.Select(id => book.Areas[id].Title)),
        "technique" => book.TitleOf(subject.Technique!),
        "ingredients" or "anaesthetics" => Join(subject.Ingredients.Select(id => book.Ingredients[id].Title)),
        "risks" => ConsentRisks.Write(book, subject, facts),
        "until" => facts.ExpiresOn is { } day ? day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : "I withdraw it",
        "clinic" => facts.ClinicName,
        "phone" => facts.ClinicPhone,
        "emergency" => facts.EmergencyNumber,
        _ => match.Value,
    });

    private static string Join(IEnumerable<string> titles) => string.Join("; ", titles);

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
