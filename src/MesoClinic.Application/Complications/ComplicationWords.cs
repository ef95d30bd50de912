using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Complications;

/// <summary>Ids of the tables in words. What no table knows any more is shown as it was stored, never hidden.</summary>
internal static class ComplicationWords
{
    public static string Symptom(RuleBook book, string id) => book.Knowledge.Vocabulary.Symptoms.FirstOrDefault(row => row.Id == id)?.Title ?? id;

    public static string Complication(RuleBook book, string id) => book.Knowledge.Complications.FirstOrDefault(row => row.Id == id)?.Title ?? id;

    public static string Cause(RuleBook book, string id) => book.Knowledge.Causes.FirstOrDefault(row => row.Id == id)?.Title ?? id;

    public static string FollowUp(RuleBook book, string id) => book.Knowledge.FollowUps.FirstOrDefault(row => row.Id == id)?.Title ?? id;

    public static string Area(RuleBook book, string id) => book.Areas.TryGetValue(id, out var row) ? row.Title : id;

    /// <summary>"mild", "moderate", "severe", "life-threatening", "death".</summary>
    public static string Grade(RuleBook book, int grade) => book.Knowledge.Grades.FirstOrDefault(row => row.Number == grade)?.Meaning.Split(':')[0] ?? "";

    /// <summary>What a clinician said it is, or else what was reported.</summary>
    public static string What(RuleBook book, string symptom, string? diagnosis) => diagnosis is null ? Symptom(book, symptom) : Complication(book, diagnosis);

    /// <summary>Questions that were answered, with their answers.</summary>
    public static IReadOnlyList<Told> Modifiers(RuleBook book, IReadOnlyDictionary<string, string> answers) =>
    [
        .. book.Knowledge.Vocabulary.Modifiers
            .Where(modifier => answers.ContainsKey(modifier.Id))
            .Select(modifier => new Told(modifier.Title, modifier.Options.FirstOrDefault(option => option.Value == answers[modifier.Id])?.Title ?? answers[modifier.Id])),
    ];
}

/// <summary>One question and its answer, both in words.</summary>
public sealed record Told(string Question, string Answer);
