using MesoClinic.Application.Patients;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Testing;

/// <summary>What a test's patient looks like. Unless a test says otherwise: a woman of 36, nothing known of her health.</summary>
public sealed record PatientOptions
{
    public string GivenName { get; init; } = "Hannah";
    public string FamilyName { get; init; } = "Lindqvist";
    public DateOnly BirthDate { get; init; } = new(1990, 3, 11);
    public Sex Sex { get; init; } = Sex.Female;
    public string? Phone { get; init; } = "020 7946 0128";
    public string? Email { get; init; } = "hannah@post.example";

    /// <summary>All four lists gone through today, every question answered today without finding: nothing that matters is unknown.</summary>
    public bool HealthyHistory { get; init; }

    /// <summary>Clinicians who may read the chart.</summary>
    public IReadOnlyList<Guid> AssignedTo { get; init; } = [];

    /// <summary>Runs last, before the patient is stored.</summary>
    public Action<Patient>? With { get; init; }
}

public static class PatientBuilders
{
    public static async Task<Guid> AddPatientAsync(this TestClinic clinic, PatientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        options ??= new PatientOptions();
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        var patient = new Patient
        {
            GivenName = options.GivenName,
            FamilyName = options.FamilyName,
            BirthDate = options.BirthDate,
            Sex = options.Sex,
            Phone = options.Phone,
            Email = options.Email,
            RegisteredUtc = now,
            RegisteredById = Guid.Empty,
        };
        if (options.HealthyHistory)
        {
            GiveHealthyHistory(patient, clinic.Today, now);
        }

        options.With?.Invoke(patient);
        patient.SearchText = SearchText.Of(patient);
        return await clinic.InDatabaseAsync(async db =>
        {
            db.Patients.Add(patient);
            db.PatientAssignments.AddRange(options.AssignedTo.Select(clinician => new PatientAssignment { PatientId = patient.Id, StaffMemberId = clinician, AssignedUtc = now }));
            await db.SaveChangesAsync();
            return patient.Id;
        });
    }

    /// <summary>A patient about whom nothing that matters is unknown, assigned to this clinician.</summary>
    public static Task<Guid> AddHealthyPatientAsync(this TestClinic clinic, params Guid[] clinicians) =>
        clinic.AddPatientAsync(new PatientOptions { HealthyHistory = true, AssignedTo = clinicians });

    /// <summary>As after a first consultation in which everything was asked and nothing was found.</summary>
    public static void GiveHealthyHistory(Patient patient, DateOnly today, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(patient);
        patient.ConditionsReviewedOn = patient.MedicationsReviewedOn = patient.AllergiesReviewedOn = patient.ProceduresReviewedOn = today;
        patient.Fitzpatrick = 2;
        patient.WeightKg = 64;
        foreach (var question in TestClinic.Book.Value.Knowledge.Questions.Questions)
        {
            patient.Answers.Add(new PatientAnswer { Question = question.Id, Value = WithoutFinding(question), AskedOn = today, AskedUtc = nowUtc, AskedById = Guid.Empty });
        }

        foreach (var (name, value) in new[] { ("temperature_c", 36.6m), ("systolic_mmhg", 120m), ("diastolic_mmhg", 80m) })
        {
            patient.Measurements.Add(new Measurement { Name = name, Value = value, TakenOn = today, TakenUtc = nowUtc });
        }
    }

    /// <summary>The first option of each question says that all is well; contraception is the one that is well when the answer is yes.</summary>
    private static string WithoutFinding(Question question) => question.Id == "q-contraception" ? "yes" : question.Options[0];
}
