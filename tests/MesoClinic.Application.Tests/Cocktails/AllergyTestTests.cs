using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class AllergyTestTests
{
    private const string Ingredient = "ing-vitamin-c";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_test_given_today_needs_a_consent_that_names_its_ingredients(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();

        Assert.Contains("Ingredients", Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today)).Failure).Errors.Keys);
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        var applied = await ApplyAsync(scene, clinic.Today);

        Assert.True(applied.Succeeded, $"{applied.Failure}");
        var test = (await clinic.SendAsync(scene.Practitioner, new ListAllergyTests.Query { PatientId = scene.Patient })).Value!.Single(t => t.Ingredient == Ingredient);
        Assert.Null(test.Negative);
    }

    [Theory]
    [OnSqlite]
    public async Task A_contraindication_keeps_the_test_needle_out(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        await clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.FindAsync(scene.Patient);
            patient!.Conditions.Add(new Domain.Patients.PatientCondition { Icd10 = "G40.9", Title = "Epilepsy", NotedOn = clinic.Today });
            await db.SaveChangesAsync();
        });

        Assert.IsType<Failure.Contraindicated>((await ApplyAsync(scene, clinic.Today)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_test_is_read_once_not_before_it_was_applied_and_not_in_the_future(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        Assert.True((await ApplyAsync(scene, clinic.Today.AddDays(-3))).Succeeded);
        var test = (await clinic.SendAsync(scene.Practitioner, new ListAllergyTests.Query { PatientId = scene.Patient })).Value!.Single(t => t.Ingredient == Ingredient);

        Task<Outcome<Done>> ReadAsync(DateOnly day) => clinic.SendAsync(scene.Practitioner, new ReadAllergyTest.Command { TestId = test.Id, ReadOn = day, Negative = true });

        Assert.IsType<Failure.Invalid>((await ReadAsync(clinic.Today.AddDays(-4))).Failure);
        Assert.IsType<Failure.Invalid>((await ReadAsync(clinic.Today.AddDays(1))).Failure);
        Assert.True((await ReadAsync(clinic.Today)).Succeeded);
        Assert.IsType<Failure.Conflict>((await ReadAsync(clinic.Today)).Failure);
    }

    private static Task<Outcome<Done>> ApplyAsync(SessionScene scene, DateOnly day) =>
        scene.Clinic.SendAsync(scene.Practitioner, new ApplyAllergyTest.Command { PatientId = scene.Patient, Ingredients = [Ingredient], AppliedOn = day });
}
