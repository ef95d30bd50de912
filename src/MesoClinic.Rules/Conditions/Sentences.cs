using System.Globalization;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Conditions;

/// <summary>Puts facts into words: what was found, where, when, and how long it takes to clear.</summary>
internal static class Sentences
{
    public static string Answer(Question question, string answer) =>
        string.Create(CultureInfo.InvariantCulture, $"{(question.AnsweredBy == AnsweredBy.Clinician ? "Noted" : "Answered")} {answer}: {question.Text}");

    public static string Condition(ConditionFact condition, RuleBook book) =>
        string.Concat("Recorded condition ", condition.Icd10.ToUpperInvariant(), InWords(condition.Status), condition.Areas is { Count: > 0 } areas ? $", {Areas(areas, book)}" : null);

    public static string Event(EventFact e, EventPredicate predicate, Case facts)
    {
        var title = facts.Book.EventKinds.GetValueOrDefault(e.Kind)?.Title ?? e.Kind;
        var where = e.Areas is { Count: > 0 } areas ? $", {Areas(areas, facts.Book)}" : "";
        var days = Math.Abs(facts.Day - e.Date.DayNumber);
        var away = days == 0 ? "the same day" : $"{Days(days)} {(predicate.Direction == EventDirection.Past ? "before" : "after")}";
        return $"{title}{where}, on {Date(e.Date)}: {away}, {predicate.WithinDays} needed";
    }

    public static string Allergy(string allergen, RuleBook book) => $"Allergic to {LowerFirst(book.Allergens.GetValueOrDefault(allergen)?.Title ?? allergen)}";

    public static string Contains(Ingredient ingredient, string allergen, RuleBook book)
    {
        var certainly = ingredient.Allergens.Contains(allergen, StringComparer.Ordinal);
        return $"{ingredient.Title} {(certainly ? "contains" : "may contain")} {LowerFirst(book.Allergens.GetValueOrDefault(allergen)?.Title ?? allergen)}";
    }

    public static string Takes(string medicine) => $"Takes {medicine}";

    public static string Took(Medicine medicine, int days, int needed) => $"{LastTook(medicine, days)}, {needed} needed";

    public static string StoppedAlone(Medicine medicine, int days) => $"{LastTook(medicine, days)}; the prescriber has not confirmed the stop";

    /// <summary>A medicine for use inside a sentence: "rivaroxaban (B01AF01)".</summary>
    public static string Medicine(string name, IReadOnlyList<string> codes) => codes.Count > 0 ? $"{name} ({codes[0]})" : name;

    public static string Areas(IEnumerable<string> areas, RuleBook book) => string.Join(", ", areas.Select(a => LowerFirst(book.Areas.GetValueOrDefault(a)?.Title ?? a)));

    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For use inside a sentence. Abbreviations and proper names ("HA", "St John's wort") stay.</summary>
    public static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) && !text.StartsWith("St ", StringComparison.Ordinal)
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;

    private static string LastTook(Medicine medicine, int days) =>
        $"Last took {medicine.Words} on {Date(medicine.Fact.LastDose.Date)}: {(days == 0 ? "the same day" : $"{Days(days)} before")}";

    public static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    private static string InWords(ConditionStatus status) => status switch
    {
        ConditionStatus.Active => " (active)",
        ConditionStatus.Chronic => " (chronic)",
        ConditionStatus.Controlled => " (controlled)",
        _ => " (history)",
    };
}
