using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class ConsentTests
{
    internal const string Drawn = "M40 120l60 -30l40 50l80 -10";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_text_names_areas_technique_ingredients_and_risks_and_is_kept_as_shown(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var query = new GetConsentForm.Query { AppointmentId = scene.Appointment, Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [SessionScene.Ingredient] };

        var form = (await clinic.SendAsync(scene.Practitioner, query)).Value!.Form;
        await scene.SignConsentAsync(c => c.SignedName = "  lindqvist   HANNAH ");

        Assert.All(new[] { "Forehead", "Nappage", "Hyaluronic acid, non-cross-linked", "Vascular occlusion", "Anaphylaxis", "Hannah Lindqvist" }, words => Assert.Contains(words, form.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Hair loss", form.Text, StringComparison.Ordinal);
        await clinic.InDatabaseAsync(async db =>
        {
            var consent = await db.Consents.SingleAsync();
            Assert.Equal(form.Text, consent.Text);
            Assert.Equal((scene.Practitioner, "treatment-2", (DateOnly?)clinic.Today.AddMonths(12)), (consent.WitnessId, consent.TemplateVersion, consent.ExpiresOn));
            Assert.Equal(ConsentForms.HashOf(consent), consent.ContentHash);
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Another_name_does_not_sign_and_neither_does_nothing_at_all(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();

        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync(c => c.SignedName = "Hanna Lindqvist")).Failure).Errors.Keys);
        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync(c => c.SignedName = " ")).Failure).Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_drawn_signature_signs_for_the_patient_and_is_kept_as_strokes(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();

        Assert.Contains("Signature", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync(c => (c.SignedName, c.Signature) = ("", "M1 1l2 2"))).Failure).Errors.Keys);
        var id = await scene.SignConsentAsync(c => (c.SignedName, c.Signature) = ("", Drawn));

        var read = (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(id))).Value!;
        Assert.Equal((Drawn, "Hannah Lindqvist", true, true), (read.Signature, read.SignedName, read.HashHolds, read.Counts));
    }

    [Theory]
    [OnSqlite]
    public async Task Nobody_signs_another_text_than_they_read(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var manager = await clinic.AddManagerAsync();
        await scene.OpenAsync();
        var form = scene.ConsentForm();
        form.Read = await clinic.ReadConsentAsync(scene.Practitioner, form);
        (await clinic.SendAsync(manager, new PublishConsentText.Command { Kind = ConsentKind.Treatment, Text = "Shorter. {areas} {technique} {ingredients} {risks} {until}" })).Must();

        Assert.Equal(ConsentForms.Changed, Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, form)).Failure).Message);
        Assert.True((await scene.TrySignConsentAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task For_a_minor_a_guardian_signs_with_name_and_relation_and_not_the_patient(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await MinorAsync(clinic);

        Assert.Contains("ByGuardian", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync()).Failure).Errors.Keys);
        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync(c => (c.ByGuardian, c.Relation) = (true, GuardianRelation.Mother))).Failure).Errors.Keys);
        Assert.Contains("Relation", Assert.IsType<Failure.Invalid>((await scene.TrySignConsentAsync(c => (c.ByGuardian, c.SignedName) = (true, "Maria Lindqvist"))).Failure).Errors.Keys);
        var id = await scene.SignConsentAsync(c => (c.ByGuardian, c.SignedName, c.Relation) = (true, "Maria Lindqvist", GuardianRelation.Mother));

        var read = (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(id))).Value!;
        Assert.Equal((GuardianRelation.Mother, "treatment-2, guardian-1"), (read.Relation, read.TemplateVersion));
        Assert.Contains("I sign in the child's name.", read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_guardians_consent_that_was_only_ticked_counts_for_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await MinorAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Patients.Include(p => p.Answers).SingleAsync()).Answers.Add(new PatientAnswer
            {
                Question = "q-guardian-consent", Value = "yes", AskedOn = clinic.Today, AskedUtc = clinic.Clock.GetUtcNow().UtcDateTime, AskedById = scene.Practitioner,
            });
            await db.SaveChangesAsync();
        });

        Assert.Contains("ci-minor-guardian-consent", await FindingsAsync());
        await scene.SignConsentAsync(c => (c.ByGuardian, c.SignedName, c.Relation) = (true, "Maria Lindqvist", GuardianRelation.Mother));
        Assert.DoesNotContain("ci-minor-guardian-consent", await FindingsAsync());

        async Task<IEnumerable<string>> FindingsAsync() =>
            (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Assessment.Findings.Select(finding => finding.Rule);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_consent_is_withdrawn_once_with_what_was_said(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var consent = await scene.SignConsentAsync();

        Assert.Contains("Reason", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent })).Failure).Errors.Keys);
        Assert.True((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "Does not want to go on" })).Succeeded);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "Again" })).Failure);
        var read = (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(consent))).Value!;
        Assert.Equal(("Does not want to go on", false, true), (read.WithdrawnReason, read.Counts, read.HashHolds));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_expired_consent_starts_nothing_and_the_clinic_says_for_how_long_one_counts(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var manager = await clinic.AddManagerAsync();
        var version = (await clinic.SendAsync(manager, new ListConsentTexts.Query())).Value!.ClinicVersion;
        (await clinic.SendAsync(manager, new ChangeConsentMonths.Command { Version = version, Months = 1 })).Must();
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        var id = await scene.SignConsentAsync();
        Assert.Equal(clinic.Today.AddMonths(1), (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(id))).Value!.ExpiresOn);

        clinic.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("The signed consent held until 1 July 2026. Have a new one signed.", Assert.IsType<Failure.Invalid>((await scene.TryStartAsync()).Failure).Errors["Consent"][0]);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_anaesthetic_in_the_cocktail_needs_a_consent_of_its_own(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var procaine = await clinic.AddLotAsync("ing-procaine");
        await scene.SaveAsync(d => d.Lines.Add(new SaveSessionDraft.Line { LotId = procaine, VolumeMl = 0.2m, Ampoules = 1 }));
        await scene.SignConsentAsync(c => c.Ingredients.Add("ing-procaine"));

        Assert.Equal("The consent to the anaesthetic is not signed: Procaine.", Problem(await scene.TryStartAsync()));
        await scene.SignConsentAsync(c => (c.Kind, c.Ingredients) = (ConsentKind.Anaesthetic, [SessionScene.Ingredient, "ing-procaine"]));

        Assert.Null(Problem(await scene.TryStartAsync()));
        await clinic.InDatabaseAsync(async db => Assert.Equal(["ing-procaine"], (await db.Consents.SingleAsync(c => c.Kind == ConsentKind.Anaesthetic)).Ingredients));

        static string? Problem(Outcome<Guid> started) => (started.Failure as Failure.Invalid)?.Errors.GetValueOrDefault(SessionReview.AnaestheticPath)?[0];
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_database_lets_a_consent_be_withdrawn_and_nothing_else(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var manager = await clinic.AddManagerAsync();
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Signature = Drawn);
        (await clinic.SendAsync(manager, new PublishConsentText.Command { Kind = ConsentKind.Photos, Text = "Photos, please." })).Must();

        foreach (var change in new[]
        {
            "Text = 'x'", "SignedName = 'x'", "SignedName = 'hannah lindqvist'", "Signature = NULL", "Kind = 'Photos'", "ExpiresOn = NULL", "AppointmentId = NULL", "WitnessId = NULL", "ContentHash = 'x'", "Relation = 'Mother'",
        })
        {
            await RefusedAsync($"UPDATE Consents SET {change}");
        }

        await RefusedAsync("DELETE FROM Consents");
        await RefusedAsync("UPDATE ConsentTexts SET Text = 'x'");
        await RefusedAsync("DELETE FROM ConsentTexts");
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE Consents SET WithdrawnUtc = '2026-06-01 09:00:00', WithdrawnReason = 'said so'"));
        await RefusedAsync("UPDATE Consents SET WithdrawnUtc = NULL");

        Task RefusedAsync(string sql) => clinic.InDatabaseAsync(async db =>
            Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(sql))));
    }

    /// <summary>The usual scene, with a patient of sixteen.</summary>
    internal static async Task<SessionScene> MinorAsync(TestClinic clinic)
    {
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.BirthDate, new DateOnly(2010, 1, 1))));
        await scene.OpenAsync();
        return scene;
    }
}
