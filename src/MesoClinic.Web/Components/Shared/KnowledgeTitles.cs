using System.Globalization;
using System.Text.RegularExpressions;

namespace MesoClinic.Web.Components.Shared;

/// <summary>Who can answer what is missing.</summary>
public enum Answerer
{
    Patient,
    Clinician,
}

/// <param name="Text">The question in words.</param>
public sealed record QuestionTitle(string Text, Answerer Who);

/// <summary>Turns the ids of an assessment into words. An id that nobody knows is shown as it is, never hidden.</summary>
public sealed partial record KnowledgeTitles(
    IReadOnlyDictionary<string, string> Rules,
    IReadOnlyDictionary<string, string> Alternatives,
    IReadOnlyDictionary<string, QuestionTitle> Questions,
    IReadOnlyDictionary<string, string> Sources)
{
    public static readonly KnowledgeTitles Empty = new(
        new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal),
        new Dictionary<string, QuestionTitle>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));

    public string Rule(string id) => Rules.GetValueOrDefault(id, id);

    public string Alternative(string id) => Alternatives.GetValueOrDefault(id, id);

    public string Source(string id) => Sources.GetValueOrDefault(id, id);

    /// <summary>A missing fact: a question's id, or a path into the facts such as "medications[0].prescriberConfirmedStop".</summary>
    public QuestionTitle Missing(string id) => Questions.GetValueOrDefault(id) ?? FieldInWords(id);

    private static QuestionTitle FieldInWords(string path)
    {
        var number = Index().Match(path) is { Success: true } match ? int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture) + 1 : 0;
        var field = Index().Replace(path, "");
        return field switch
        {
            "birthDate" => new("Date of birth", Answerer.Patient),
            "sex" => new("Sex", Answerer.Patient),
            "fitzpatrick" => new("Skin phototype (Fitzpatrick I to VI)", Answerer.Clinician),
            "weightKg" => new("Body weight", Answerer.Patient),
            "conditions" => new("Illnesses: the list was never gone through", Answerer.Patient),
            "medications" when number == 0 => new("Medicines: the list was never gone through", Answerer.Patient),
            "medications" => new($"Medicine {number} is not identified: find it in the list or give its ATC code", Answerer.Clinician),
            "medications.lastDose" => new($"Medicine {number}: when was it taken last?", Answerer.Patient),
            "medications.prescriberConfirmedStop" => new($"Medicine {number}: did the prescriber end it?", Answerer.Patient),
            "allergies" => new("Allergies: the list was never gone through", Answerer.Patient),
            "events" => new("Procedures and plans: the list was never gone through", Answerer.Patient),
            _ => new(field, Answerer.Clinician),
        };
    }

    [GeneratedRegex(@"\[(?<index>\d{1,4})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Index();
}
