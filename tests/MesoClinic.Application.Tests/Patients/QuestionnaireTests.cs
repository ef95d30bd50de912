using MesoClinic.Application.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Patients;

public sealed class QuestionnaireTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_is_asked_what_is_open_and_concerns_them_never_a_clinicians_judgement(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var man = await clinic.AddPatientAsync(new PatientOptions { GivenName = "Paul", Sex = Sex.Male });
        var woman = await clinic.AddPatientAsync();
        var asked = await AskAsync(clinic, man);
        var askedWoman = await AskAsync(clinic, woman);

        Assert.Equal(4, asked.Lists.Count);
        Assert.Contains(asked.Questions, q => q.Id == "q-asthma");
        Assert.DoesNotContain(asked.Questions, q => q.Id == "q-pregnant");
        Assert.Contains(askedWoman.Questions, q => q.Id == "q-pregnant");
        Assert.DoesNotContain(askedWoman.Questions, q => q.Id is "q-bdd-screen-positive" or "q-unrealistic-expectation" or "q-guardian-consent" or "q-alcohol-last-24h");
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Answers_close_their_questions_and_a_medicine_in_words_waits_to_be_identified(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [irina] });
        var account = await clinic.AddPatientAccountAsync(hannah);
        var asked = (await clinic.SendAsync(account, new GetQuestionnaire.Query())).Value!;

        var sent = await clinic.SendAsync(account, new SubmitQuestionnaire.Command
        {
            PatientId = hannah,
            Version = asked.Version,
            Answers = new Dictionary<string, string> { ["q-asthma"] = "no", ["q-keloid-family"] = Answers.DoNotKnow },
            Confirmed = ["medications"],
            NewMedicines = "Curcuma forte\n\n  my heart pill ",
            NewAllergies = ["alg-latex"],
            EventKind = "vaccination",
            EventDate = clinic.Today.AddDays(-3),
        });

        Assert.True(sent.Succeeded);
        var after = (await clinic.SendAsync(account, new GetQuestionnaire.Query())).Value!;
        var profile = (await clinic.SendAsync(irina, new GetChart.Query(hannah))).Value!.Profile;
        Assert.DoesNotContain(after.Questions, q => q.Id == "q-asthma");
        Assert.Contains(after.Questions, q => q.Id == "q-keloid-family");
        Assert.Equal(["conditions", "allergies", "procedures"], after.Lists.Select(list => list.Id));
        Assert.Equal(["Curcuma forte", "my heart pill"], profile.Medications.Select(m => m.Name));
        Assert.All(profile.Medications, medicine => Assert.False(medicine.IsIdentified));
        Assert.Equal("alg-latex", profile.Allergies.Single().Allergen);
        Assert.Equal("vaccination", profile.Procedures.Single().Kind);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Nobody_answers_for_somebody_else_or_a_question_that_is_not_theirs(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var (hannah, other) = (await clinic.AddPatientAsync(), await clinic.AddPatientAsync(new PatientOptions { GivenName = "Other" }));
        var account = await clinic.AddPatientAccountAsync(hannah);
        var own = (await clinic.SendAsync(account, new GetQuestionnaire.Query(hannah))).Value!;

        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(account, new GetQuestionnaire.Query(other))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(account, new SubmitQuestionnaire.Command { PatientId = other, Confirmed = ["allergies"] })).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(irina, new GetQuestionnaire.Query(hannah))).Failure);
        var judged = await clinic.SendAsync(account, new SubmitQuestionnaire.Command { PatientId = hannah, Version = own.Version, Answers = new Dictionary<string, string> { ["q-bdd-screen-positive"] = "no" } });
        Assert.IsType<Failure.Invalid>(judged.Failure);
        Assert.IsType<Failure.Invalid>((await clinic.SendAsync(account, new SubmitQuestionnaire.Command { PatientId = hannah, Version = own.Version })).Failure);
    }

    private static async Task<GetQuestionnaire.Questionnaire> AskAsync(TestClinic clinic, Guid patient) =>
        (await clinic.SendAsync(await clinic.AddPatientAccountAsync(patient), new GetQuestionnaire.Query())).Value!;
}
