using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Patients;

/// <summary>A patient's health profile as staff read it: every fact with its date, and for how long it counts.</summary>
public sealed record HealthProfile
{
    public required IReadOnlyList<ConditionRow> Conditions { get; init; }
    public required IReadOnlyList<MedicationRow> Medications { get; init; }
    public required IReadOnlyList<AllergyRow> Allergies { get; init; }
    public required IReadOnlyList<ProcedureRow> Procedures { get; init; }

    /// <summary>The four lists: conditions, medications, allergies, procedures.</summary>
    public required IReadOnlyList<ListState> Lists { get; init; }

    /// <summary>The questions that concern this patient before a visit, in the order of the table.</summary>
    public required IReadOnlyList<AnswerRow> Answers { get; init; }
    public required IReadOnlyList<MeasurementRow> Measurements { get; init; }
    public int? Fitzpatrick { get; init; }
    public decimal? WeightKg { get; init; }

    /// <summary>What would keep an assessment incomplete.</summary>
    public int Unknown =>
        Lists.Count(list => !list.IsCurrent) + Answers.Count(answer => answer.State is not AnswerState.Known) + Medications.Count(medicine => !medicine.IsIdentified);

    public ListState List(string id) => Lists.Single(list => list.Id == id);
}

/// <param name="AreaText">"Forehead, cheeks"; empty = the whole body.</param>
public sealed record ConditionRow(Guid Id, string Icd10, string Title, ConditionStatus Status, IReadOnlyList<string> Areas, string AreaText, DateOnly NotedOn);

/// <param name="IsIdentified">False: known by name only, and no assessment is complete until it is identified.</param>
public sealed record MedicationRow(
    Guid Id, string Name, string? KnowledgeId, string? Atc, DateOnly? Started, LastDoseKind LastDoseKind, DateOnly? LastDoseOn, bool? PrescriberConfirmedStop, bool IsIdentified, DateOnly NotedOn);

public sealed record AllergyRow(Guid Id, string Allergen, string Title, string? Reaction, DateOnly NotedOn);

public sealed record ProcedureRow(Guid Id, string Kind, string Title, DateOnly Date, IReadOnlyList<string> Areas, string AreaText, DateOnly NotedOn);

/// <param name="Text">How the patient is asked for it.</param>
/// <param name="HoldsUntil">Last day on which it counts; null = never gone through.</param>
public sealed record ListState(string Id, string Text, DateOnly? ReviewedOn, DateOnly? HoldsUntil, bool IsCurrent);

/// <param name="Value">"yes", "no" or an option; null = unknown.</param>
public sealed record AnswerRow(
    string Question, string Text, IReadOnlyList<string> Options, AnsweredBy AnsweredBy, AnswerState State, string? Value, DateOnly? AskedOn, DateOnly? HoldsUntil);

public enum AnswerState
{
    Known,

    /// <summary>Asked, and the person does not know.</summary>
    NotKnown,
    Expired,
    NeverAsked,
}

public sealed record MeasurementRow(string Name, string Title, string Unit, decimal Value, DateOnly TakenOn);

/// <summary>Reads the profile out of a patient that was loaded with all lists.</summary>
internal static class HealthProfiles
{
    public static HealthProfile Of(Patient patient, DateOnly today, KnowledgeBase knowledge) => new()
    {
        Fitzpatrick = patient.Fitzpatrick,
        WeightKg = patient.WeightKg,
        Conditions = [.. patient.Conditions.OrderBy(c => c.Title, StringComparer.Ordinal).Select(c => new ConditionRow(c.Id, c.Icd10, c.Title, c.Status, c.Areas, AreasInWords(c.Areas, knowledge), c.NotedOn))],
        Medications =
        [
            .. patient.Medications.OrderBy(m => m.Name, StringComparer.Ordinal)
                .Select(m => new MedicationRow(m.Id, m.Name, m.KnowledgeId, m.Atc, m.Started, m.LastDoseKind, m.LastDoseOn, m.PrescriberConfirmedStop, m.IsIdentified, m.NotedOn)),
        ],
        Allergies = [.. patient.Allergies.Select(a => new AllergyRow(a.Id, a.Allergen, Title(knowledge.Allergens.FirstOrDefault(row => row.Id == a.Allergen)?.Title, a.Allergen), a.Reaction, a.NotedOn)).OrderBy(a => a.Title, StringComparer.Ordinal)],
        Procedures = [.. patient.Procedures.OrderByDescending(p => p.Date).Select(p => new ProcedureRow(p.Id, p.Kind, EventInWords(p.Kind, knowledge), p.Date, p.Areas, AreasInWords(p.Areas, knowledge), p.NotedOn))],
        Lists = [.. knowledge.Questions.Lists.Select(list => StateOf(patient, list, today))],
        Answers = [.. knowledge.Questions.Questions.Where(q => q.AskedAt == Stage.Booking && q.Concerns(patient, today)).Select(q => AnswerOf(patient, q, today))],
        Measurements =
        [
            .. patient.Measurements.GroupBy(m => m.Name, StringComparer.Ordinal).Select(group => group.MaxBy(m => m.TakenUtc)!)
                .Select(m => (Value: m, Measure: knowledge.Vocabulary.Vitals.Concat(knowledge.Vocabulary.Labs).FirstOrDefault(measure => measure.Id == m.Name)))
                .Select(m => new MeasurementRow(m.Value.Name, m.Measure?.Title ?? m.Value.Name, m.Measure?.Unit ?? "", m.Value.Value, m.Value.TakenOn)),
        ],
    };

    /// <summary>Whom a question concerns; an unknown or other sex is asked.</summary>
    public static bool Concerns(this Question question, Patient patient, DateOnly today) =>
        question.AppliesTo is not { } whom
        || ((whom.Sex.Count == 0 || patient.Sex == Sex.Unknown || whom.Sex.Contains(patient.Sex))
            && (whom.MinAge is not { } from || patient.AgeOn(today) >= from) && (whom.MaxAge is not { } to || patient.AgeOn(today) <= to));

    public static AnswerRow AnswerOf(Patient patient, Question question, DateOnly today)
    {
        var newest = patient.Answers.Where(a => a.Question == question.Id).MaxBy(a => a.AskedUtc);
        var state = newest is null ? (question.WhenNotGiven == NotGiven.NotOnFile ? AnswerState.Known : AnswerState.NeverAsked)
            : !Rules.FactsOf.Holds(newest, question, today) ? AnswerState.Expired
            : newest.Value is null ? AnswerState.NotKnown : AnswerState.Known;
        var value = newest is null ? (state == AnswerState.Known ? "no" : null) : newest.Value;
        return new AnswerRow(question.Id, question.Text, question.Options, question.AnsweredBy, state, value, newest?.AskedOn, newest?.AskedOn.AddDays(question.HoldsDays));
    }

    public static string AreasInWords(IEnumerable<string> areas, KnowledgeBase knowledge) =>
        string.Join(", ", areas.Select((area, i) => Title(knowledge.Areas.FirstOrDefault(row => row.Id == area)?.Title, area) is var title && i > 0 ? char.ToLowerInvariant(title[0]) + title[1..] : title));

    public static string EventInWords(string kind, KnowledgeBase knowledge) => Title(knowledge.Vocabulary.EventKinds.FirstOrDefault(row => row.Id == kind)?.Title, kind);

    private static ListState StateOf(Patient patient, QuestionList list, DateOnly today)
    {
        var reviewed = list.Id switch
        {
            "conditions" => patient.ConditionsReviewedOn,
            "medications" => patient.MedicationsReviewedOn,
            "allergies" => patient.AllergiesReviewedOn,
            _ => patient.ProceduresReviewedOn,
        };
        return new ListState(list.Id, list.Text, reviewed, reviewed?.AddDays(list.HoldsDays), Rules.FactsOf.IsReviewed(patient, list, today));
    }

    private static string Title(string? title, string id) => title ?? id;
}
