using MesoClinic.Data.Seeding;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests;

/// <summary>The shipped knowledge, and a patient and plan against which nothing speaks.</summary>
internal static class Shipped
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "seeds");
    public static readonly KnowledgeBase Knowledge = SeedLoader.Load(Folder);
    public static readonly RuleBook Book = new(Knowledge);
    public static readonly DateOnly Day = new(2026, 7, 10);

    public static readonly TreatmentPlan CleanPlan = new()
    {
        Indication = "ind-wrinkles",
        Areas = ["forehead"],
        Technique = "tech-nappage",
        Ingredients = ["ing-hyaluronic-acid"],
    };

    public static readonly TreatmentPlan StartedPlan = CleanPlan with
    {
        Administration = "tech-manual",
        NeedleOuterDiameterMm = 0.3m,
        DepthMm = 2,
        VolumePerInjectionMl = 0.02m,
        VolumeTotalMl = 1,
        DurationMin = 30,
        InjectionSpeed = "slow",
        SessionNumber = 1,
        FirstUseOfProduct = true,
        SkinTestDocumented = true,
        ConsultationDone = true,
        Setting = "clinic",
        ProductTraceable = true,
        AmpouleOpenedBefore = false,
        ProductExpired = false,
        AsepsisComplete = true,
    };

    public static readonly PatientFacts CleanPatient = new() { BirthDate = new DateOnly(1990, 5, 1), Sex = Sex.Female, Fitzpatrick = 2 };

    public static readonly AssessmentRequest Clean = new() { Date = Day, HistoryComplete = true, Patient = CleanPatient, Plan = CleanPlan };

    public static AssessmentRequest With(PatientFacts patient) => Clean with { Patient = patient };

    public static AssessmentRequest With(TreatmentPlan plan) => Clean with { Plan = plan };

    public static AssessmentRequest Taking(params MedicationFact[] medicines) => With(CleanPatient with { Medications = medicines });

    public static AssessmentRequest Answering(params (string Question, string? Answer)[] answers) =>
        With(CleanPatient with { Answers = answers.ToDictionary(a => a.Question, a => a.Answer, StringComparer.Ordinal) });

    public static AssessmentRequest After(string kind, int days, params string[] areas) =>
        With(CleanPatient with { Events = [new EventFact(kind, Day.AddDays(-days), areas)] });

    public static Assessment Assess(AssessmentRequest request) => Book.Assess(request);

    public static bool Has(this Assessment assessment, string rule) => assessment.Findings.Any(f => string.Equals(f.Rule, rule, StringComparison.Ordinal));

    public static Finding The(this Assessment assessment, string rule) => assessment.Findings.Single(f => string.Equals(f.Rule, rule, StringComparison.Ordinal));
}
