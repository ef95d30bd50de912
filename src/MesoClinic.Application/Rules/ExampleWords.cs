using System.Globalization;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Rules;

/// <summary>The facts of a worked example, in one line: what differs from a healthy person with an ordinary plan.</summary>
internal static class ExampleWords
{
    public static string Of(AssessmentRequest request, RuleBook book)
    {
        var (patient, plan) = (request.Patient, request.Plan);
        var facts = new List<string>();
        facts.AddRange((patient.Conditions ?? []).Select(c => $"{Title(book.Knowledge.Icd10.FirstOrDefault(row => row.Code == c.Icd10)?.Title, c.Icd10)} ({c.Icd10}), {c.Status.ToString().ToLowerInvariant()}{Areas(c.Areas, book)}"));
        facts.AddRange((patient.Medications ?? []).Select(m => Medicine(m, book)));
        facts.AddRange((patient.Allergies ?? []).Select(a => $"Allergic to {RuleWords.Inside(book.Allergens.GetValueOrDefault(a)?.Title ?? a)}"));
        facts.AddRange(patient.Answers.Select(a => $"“{book.Questions.GetValueOrDefault(a.Key)?.Text ?? a.Key}” {(a.Value is null ? "not known" : a.Value.Replace('-', ' '))}"));
        facts.AddRange((patient.Events ?? []).Select(e => $"{book.EventKinds.GetValueOrDefault(e.Kind)?.Title ?? e.Kind} {Day(e.Date)}{Areas(e.Areas, book)}"));
        facts.AddRange(patient.Vitals.Concat(patient.Labs).Select(v => $"{book.Measures.GetValueOrDefault(v.Key)?.Title ?? v.Key} {v.Value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "not known"} {book.Measures.GetValueOrDefault(v.Key)?.Unit}".TrimEnd()));
        if (patient.BirthDate is null)
        {
            facts.Add("Date of birth not known");
        }

        if (facts.Count == 0 && !request.HistoryComplete)
        {
            facts.Add("Never asked");
        }

        if (facts.Count == 0 && patient.BirthDate is { } born)
        {
            facts.Add($"Born {Day(born)}");
        }

        facts.Add($"planned {Day(request.Date)}{Ingredients(plan, book)}{(plan.Technique is { } t ? $", {RuleWords.Inside(PlanWords.Value(t, book))}" : "")}{Areas(plan.Areas, book)}{(plan.VolumePerInjectionMl is { } point ? string.Create(CultureInfo.InvariantCulture, $", {point:0.###} ml a point") : "")}{(plan.ProductRecalled == true ? ", from a recalled lot" : "")}");
        facts.AddRange((plan.Given ?? []).Select(given => $"{Ingredient(given.Ingredient, book)} given {Day(given.Date)}"));
        return string.Join("; ", facts) + ".";
    }

    private static string Medicine(MedicationFact m, RuleBook book)
    {
        var name = m.Id is { } id ? Title(book.Medications.GetValueOrDefault(id)?.Title, id) : m.Name ?? m.Atc ?? "A medicine";
        return $"{name}, {m.LastDose.Kind switch
        {
            LastDoseKind.OnDate => $"last taken {Day(m.LastDose.Date)}",
            LastDoseKind.StillTaken => "still taken",
            _ => "last dose not known",
        }}";
    }

    private static string Ingredients(TreatmentPlan plan, RuleBook book) =>
        plan.Doses is { Count: > 0 } doses ? string.Concat(doses.Select(dose => string.Create(CultureInfo.InvariantCulture, $", {RuleWords.Inside(Ingredient(dose.Ingredient, book))} {dose.Mg:0.###} mg")))
        : plan.Ingredients is { Count: > 0 } some ? $", {string.Join(", ", some.Select(i => RuleWords.Inside(Ingredient(i, book))))}"
        : "";

    private static string Ingredient(string id, RuleBook book) => book.Ingredients.GetValueOrDefault(id)?.Title ?? id;

    private static string Areas(IReadOnlyList<string>? areas, RuleBook book) =>
        areas is null or { Count: 0 } ? "" : $", {string.Join(", ", areas.Select(a => RuleWords.Inside(book.Areas.GetValueOrDefault(a)?.Title ?? a)))}";

    private static string Title(string? title, string id) => title ?? id;

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
