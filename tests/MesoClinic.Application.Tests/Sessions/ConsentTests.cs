using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class ConsentTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_text_names_areas_technique_ingredients_and_risks_and_is_kept_as_shown(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var query = new GetConsentForm.Query { AppointmentId = scene.Appointment, Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [SessionScene.Ingredient] };

        var form = (await clinic.SendAsync(scene.Practitioner, query)).Value!;
        await scene.SignConsentAsync(c => c.SignedName = "  lindqvist   HANNAH ");

        Assert.All(new[] { "Forehead", "Nappage", "Hyaluronic acid, non-cross-linked", "Vascular occlusion", "Anaphylaxis", "Hannah Lindqvist" }, words => Assert.Contains(words, form.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Hair loss", form.Text, StringComparison.Ordinal);
        await clinic.InDatabaseAsync(async db =>
        {
            var consent = await db.Consents.SingleAsync();
            Assert.Equal(form.Text, consent.Text);
            Assert.Equal(scene.Practitioner, consent.WitnessId);
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Another_name_does_not_sign(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var form = scene.ConsentForm();
        form.SignedName = "Hanna Lindqvist";

        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, form)).Failure).Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    public async Task For_a_minor_a_guardian_signs_and_not_the_patient(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.BirthDate, new DateOnly(2010, 1, 1))));
        await scene.OpenAsync();

        Assert.Contains("ByGuardian", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, scene.ConsentForm())).Failure).Errors.Keys);
        var asPatient = scene.ConsentForm();
        asPatient.ByGuardian = true;
        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, asPatient)).Failure).Errors.Keys);
        await scene.SignConsentAsync(c => (c.ByGuardian, c.SignedName) = (true, "Maria Lindqvist"));
    }

    [Theory]
    [OnSqlite]
    public async Task A_consent_is_withdrawn_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var consent = await scene.SignConsentAsync();

        Assert.True((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent })).Succeeded);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent })).Failure);
    }
}
