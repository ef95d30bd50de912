using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>
/// What the clinic's record of a patient says today. Whatever was never asked, or asked too long ago, is listed as unknown,
/// so that the rest can be declared complete.
/// </summary>
internal static class FactsOf
{
    /// <summary>A laboratory value older than this counts as not taken.</summary>
    private const int LabHoldsDays = 90;
    private const string HbA1c = "hba1c_mmol_mol";
    private static readonly string[] DiabetesCodes = ["E10", "E11", "E13", "E14"];

    /// <param name="date">The day that is assessed: what is only knowable on the day counts for it while its answer still holds then.</param>
    public static PatientFacts At(Patient patient, DateOnly today, DateOnly date, Stage stage, KnowledgeBase knowledge) => new()
    {
        BirthDate = patient.BirthDate,
        Sex = patient.Sex,
        Fitzpatrick = patient.Fitzpatrick,
        WeightKg = patient.WeightKg,
        Conditions = [.. patient.Conditions.Select(c => new ConditionFact(c.Icd10, c.Status, c.Areas))],
        Medications = [.. patient.Medications.Select(MedicationOf)],
        Allergies = [.. patient.Allergies.Select(a => a.Allergen)],
        Events = [.. patient.Procedures.Select(p => new EventFact(p.Kind, p.Date, p.Areas))],
        IncompleteLists = [.. knowledge.Questions.Lists.Where(list => !IsReviewed(patient, list, today)).Select(list => list.Id)],
        Answers = AnswersAt(patient, today, date, stage, knowledge.Questions.Questions),
        Vitals = VitalsAt(patient, today, stage, [.. knowledge.Vocabulary.Vitals.Select(vital => vital.Id)]),
        Labs = LabsAt(patient, today),
    };

    /// <summary>Whether the newest answer to a question still counts.</summary>
    public static bool Holds(PatientAnswer answer, Question question, DateOnly today) => answer.AskedOn.AddDays(question.HoldsDays) >= today;

    public static bool IsReviewed(Patient patient, QuestionList list, DateOnly today)
    {
        var reviewed = list.Id switch
        {
            "conditions" => patient.ConditionsReviewedOn,
            "medications" => patient.MedicationsReviewedOn,
            "allergies" => patient.AllergiesReviewedOn,
            "procedures" => patient.ProceduresReviewedOn,
            _ => throw new ArgumentOutOfRangeException(nameof(list), list.Id, "No such list."),
        };
        return reviewed?.AddDays(list.HoldsDays) >= today;
    }

    private static MedicationFact MedicationOf(PatientMedication medication) => new()
    {
        Id = medication.KnowledgeId,
        Atc = medication.Atc,
        Name = medication.Name,
        Started = medication.Started,
        LastDose = medication switch
        {
            { LastDoseKind: LastDoseKind.OnDate, LastDoseOn: { } day } => LastDose.On(day),
            { LastDoseKind: LastDoseKind.StillTaken } => LastDose.StillTaken,
            _ => LastDose.Unknown,
        },
        PrescriberConfirmedStop = medication.PrescriberConfirmedStop,
    };

    private static Dictionary<string, string?> AnswersAt(Patient patient, DateOnly today, DateOnly date, Stage stage, IReadOnlyList<Question> questions)
    {
        var newest = patient.Answers.GroupBy(a => a.Question, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(a => a.AskedUtc)!, StringComparer.Ordinal);
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (newest.TryGetValue(question.Id, out var answer) && Holds(answer, question, question.AskedAt > stage ? date : today))
            {
                answers[question.Id] = answer.Value;
            }
            else if (question.WhenNotGiven != NotGiven.NotOnFile)
            {
                answers[question.Id] = null;
            }
        }

        return answers;
    }

    /// <summary>Measured on the day, or unknown; before the day nobody can know them.</summary>
    private static Dictionary<string, decimal?> VitalsAt(Patient patient, DateOnly today, Stage stage, IReadOnlyList<string> names) =>
        stage == Stage.Booking
            ? new Dictionary<string, decimal?>(StringComparer.Ordinal)
            : names.ToDictionary(name => name, name => Newest(patient, name, today)?.Value, StringComparer.Ordinal);

    /// <summary>HbA1c matters to people with diabetes only; for them an old or missing value is unknown.</summary>
    private static Dictionary<string, decimal?> LabsAt(Patient patient, DateOnly today)
    {
        var value = Newest(patient, HbA1c, today.AddDays(-LabHoldsDays))?.Value;
        var hasDiabetes = patient.Conditions.Any(c => DiabetesCodes.Any(code => c.Icd10.StartsWith(code, StringComparison.OrdinalIgnoreCase)));
        return value is not null || hasDiabetes
            ? new Dictionary<string, decimal?>(StringComparer.Ordinal) { [HbA1c] = value }
            : new Dictionary<string, decimal?>(StringComparer.Ordinal);
    }

    private static Measurement? Newest(Patient patient, string name, DateOnly since) =>
        patient.Measurements.Where(m => m.Name == name && m.TakenOn >= since).MaxBy(m => m.TakenUtc);
}
