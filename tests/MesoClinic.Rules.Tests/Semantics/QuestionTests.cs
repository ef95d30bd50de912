using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Semantics;

/// <summary>Silence, documents and whom a question concerns.</summary>
public sealed class QuestionTests
{
    private static readonly PatientFacts Minor = Shipped.CleanPatient with { BirthDate = new DateOnly(2010, 1, 15) };
    private static readonly TreatmentPlan Acne = Shipped.CleanPlan with { Indication = "ind-acne" };

    [Fact]
    public void A_guardians_consent_that_is_not_on_file_postpones_even_in_a_complete_history()
    {
        var assessment = Shipped.Assess(Shipped.With(Minor) with { Plan = Acne });

        Assert.Equal(Decision.Postpone, assessment.Decision);
        Assert.StartsWith("Not on file", assessment.The("ci-minor-guardian-consent").Because, StringComparison.Ordinal);
        Assert.Null(assessment.EarliestSafeDate);
        Assert.Equal(["ci-minor-guardian-consent"], assessment.WaitingFor);
    }

    [Fact]
    public void A_guardians_consent_on_file_lets_an_adolescent_with_acne_be_treated()
    {
        var consented = Minor with { Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-guardian-consent"] = "yes" } };

        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.With(consented) with { Plan = Acne }).Decision);
    }

    [Fact]
    public void A_normal_inr_that_is_not_on_file_postpones_after_a_vitamin_k_antagonist()
    {
        var stopped = new MedicationFact { Id = "med-warfarin", LastDose = LastDose.On(Shipped.Day.AddDays(-20)), PrescriberConfirmedStop = true };
        var assessment = Shipped.Assess(Shipped.Taking(stopped));

        Assert.True(assessment.Has("ci-vka-inr-not-documented"));
        Assert.Equal(Shipped.Day.AddDays(10), assessment.EarliestSafeDate);
    }

    [Fact]
    public void Silence_about_contraception_stays_unknown()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPlan with { Ingredients = ["ing-retinol"] }));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal(["q-contraception"], assessment.Missing);
    }

    [Fact]
    public void A_question_that_does_not_concern_the_patient_is_not_asked()
    {
        var man = Shipped.Clean with { HistoryComplete = false, Patient = Shipped.CleanPatient with { Sex = Sex.Male } };
        var old = Shipped.Clean with { HistoryComplete = false, Patient = Shipped.CleanPatient with { BirthDate = new DateOnly(1940, 1, 1) } };

        Assert.Empty(OfPregnancy(man));
        Assert.Empty(OfPregnancy(old));
        Assert.NotEmpty(OfPregnancy(Shipped.Clean with { HistoryComplete = false }));
    }

    [Fact]
    public void An_unknown_sex_is_asked()
    {
        var unknown = Shipped.Clean with { HistoryComplete = false, Patient = Shipped.CleanPatient with { Sex = Sex.Unknown } };

        Assert.NotEmpty(OfPregnancy(unknown));
    }

    [Fact]
    public void A_given_answer_counts_whomever_it_was_meant_for()
    {
        var man = Shipped.Answering(("q-pregnant", "yes"));

        Assert.True(Shipped.Assess(man with { Patient = man.Patient with { Sex = Sex.Male } }).Has("ci-pregnancy"));
    }

    [Fact]
    public void Silence_never_vouches_for_an_option()
    {
        // "No needle fear" would lift the coded phobia; silence does not.
        var coded = Shipped.With(Shipped.CleanPatient with { Conditions = [new ConditionFact("F40.2")] });

        Assert.True(Shipped.Assess(coded).Has("ci-specific-phobia-code"));
        var answered = coded with { Patient = coded.Patient with { Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-needle-fear"] = "none" } } };
        Assert.False(Shipped.Assess(answered).Has("ci-specific-phobia-code"));
    }

    [Fact]
    public void Every_question_says_who_answers_it_when_and_for_how_long()
    {
        foreach (var question in Shipped.Knowledge.Questions.Questions)
        {
            Assert.NotEmpty(question.UsedBy);
            Assert.EndsWith("?", question.Text, StringComparison.Ordinal);
            var ofTheDay = question.Id.StartsWith("v-", StringComparison.Ordinal) || question.Id.EndsWith("-today", StringComparison.Ordinal);
            Assert.True(!ofTheDay || question is { AskedAt: > Stage.Booking, HoldsDays: <= 1 }, question.Id);
            Assert.True(question.AskedAt > Stage.Booking || question.HoldsDays > 1, question.Id);
            Assert.True(!question.Id.StartsWith("v-", StringComparison.Ordinal) || question.AnsweredBy == AnsweredBy.Clinician, question.Id);
        }
    }

    private static IEnumerable<string> OfPregnancy(AssessmentRequest request) =>
        Shipped.Assess(request).Missing.Where(m => m is "q-pregnant" or "q-breastfeeding" or "v-menstruating" or "q-menstruating-today");
}
