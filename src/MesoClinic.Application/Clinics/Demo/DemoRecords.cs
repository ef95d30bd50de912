using MesoClinic.Application.Patients;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Patients with a complete history, and a few with a story.</summary>
internal static class DemoRecords
{
    public static Patient PatientOf(DemoPatient seed, Guid practitioner, DateOnly today, DateTime now, KnowledgeBase knowledge, DemoIds ids)
    {
        var registered = today.AddDays(-Math.Max(20, seed.LastSessionDaysAgo + (seed.Sessions * 7) + 14));
        var reviewed = today.AddDays(-ids.Random.Next(2, 20));
        var patient = new Patient
        {
            Id = ids.Next(),
            GivenName = seed.GivenName,
            FamilyName = seed.FamilyName,
            BirthDate = seed.Born,
            Sex = seed.Sex,
            Phone = seed.Phone,
            Email = EmailOf(seed),
            Fitzpatrick = seed.Phototype,
            RegisteredUtc = registered.ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc),
            RegisteredById = practitioner,
            ConditionsReviewedOn = reviewed,
            MedicationsReviewedOn = reviewed,
            AllergiesReviewedOn = reviewed,
            ProceduresReviewedOn = reviewed,
        };
        patient.SearchText = SearchText.Of(patient);
        foreach (var question in knowledge.Questions.Questions.Where(q => q.AskedAt == Stage.Booking && q.WhenNotGiven != NotGiven.NotOnFile))
        {
            var asked = question.HoldsDays < 40 ? today.AddDays(-Math.Min(2, question.HoldsDays)) : reviewed;
            patient.Answers.Add(AnswerOf(question.Id, question.Id == "q-contraception" ? "yes" : question.Options[0], asked, practitioner, ids));
        }

        Tell(seed, patient, today, practitioner, ids);
        return patient;
    }

    /// <summary>A few have none, as in life: the desk calls them.</summary>
    private static string? EmailOf(DemoPatient seed) =>
        seed.Account ? DemoClinic.PatientEmail : seed.FamilyName[0] is 'K' or 'W' ? null : $"{SearchText.Fold(seed.GivenName)}.{SearchText.Fold(seed.FamilyName)}@post.example".Replace(' ', '-');

    private static PatientAnswer AnswerOf(string question, string? value, DateOnly asked, Guid by, DemoIds ids) => new()
    {
        Id = ids.Next(),
        Question = question,
        Value = value,
        AskedOn = asked,
        AskedUtc = asked.ToDateTime(new TimeOnly(9, 30), DateTimeKind.Utc),
        AskedById = by,
    };

    private static void Tell(DemoPatient seed, Patient patient, DateOnly today, Guid by, DemoIds ids)
    {
        switch (seed.Story)
        {
            case "botulinum-toxin":
                patient.Procedures.Add(new PatientProcedure { Kind = "botulinum-toxin", Date = today.AddDays(-10), Areas = ["forehead"], NotedOn = today });
                patient.Conditions.Add(new PatientCondition { Icd10 = "E03.9", Title = "Hypothyroidism", Status = ConditionStatus.Controlled, NotedOn = today.AddDays(-36) });
                patient.Medications.Add(new PatientMedication { Name = "Levothyroxine 75 µg", Atc = "H03AA01", Started = today.AddYears(-7), NotedOn = today.AddDays(-36) });
                break;
            case "expired-answers":
                Replace(patient, "q-pregnant", "no", today.AddDays(-40), by, ids);
                Replace(patient, "q-heart-unstable", "no", today.AddDays(-40), by, ids);
                break;
            case "sulfite-allergy":
                patient.Allergies.Add(new PatientAllergy { Allergen = "alg-sulfites", Reaction = "Hives, 2019", NotedOn = today.AddDays(-12) });
                break;
            case "anticoagulant":
                patient.Medications.Add(new PatientMedication { Name = "Rivaroxaban 20 mg", KnowledgeId = "med-rivaroxaban", Atc = "B01AF01", Started = today.AddDays(-40), NotedOn = today.AddDays(-5) });
                break;
            case "keloid-family":
                Replace(patient, "q-keloid-family", "yes", today.AddDays(-4), by, ids);
                break;
            case "unidentified-medicine":
                patient.Medications.Add(new PatientMedication { Name = "Curcuma forte", NotedOn = today.AddDays(-3) });
                break;
            case "pregnancy-possible":
                Replace(patient, "q-pregnant", "possible", today.AddDays(-1), by, ids);
                break;
        }
    }

    private static void Replace(Patient patient, string question, string value, DateOnly asked, Guid by, DemoIds ids)
    {
        patient.Answers.RemoveAll(a => a.Question == question);
        patient.Answers.Add(AnswerOf(question, value, asked, by, ids));
    }
}
