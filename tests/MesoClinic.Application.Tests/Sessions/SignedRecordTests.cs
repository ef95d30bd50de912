using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A signed record reads as it did when it was signed, whatever the chart and the catalogue say by now.</summary>
public sealed class SignedRecordTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Allergies_birth_date_and_age_are_those_that_it_was_judged_with(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await NoteAllergyAsync(scene, "alg-fish");
        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();
        await NoteAllergyAsync(scene, "alg-soy");
        await clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.BirthDate, new DateOnly(1990, 3, 11)).SetProperty(x => x.AllergiesReviewedOn, (DateOnly?)null)));
        clinic.Clock.Advance(TimeSpan.FromDays(400));

        var record = await ReadAsync(scene);

        Assert.Equal(["alg-fish"], record.Allergies);
        Assert.Equal((new DateOnly(1980, 3, 11), 46, true, true), (record.BirthDate, record.Age, record.AllergiesHold, record.HashHolds));
    }

    [Theory]
    [OnSqlite]
    public async Task An_open_record_shows_the_patient_as_the_chart_knows_them_now(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await NoteAllergyAsync(scene, "alg-soy");

        Assert.Equal(["alg-soy"], (await ReadAsync(scene)).Allergies);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_replaced_tube_keeps_the_name_that_it_had(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (expired, sound) = (await clinic.AddLotAsync(Session.CreamIngredient, expires: clinic.Today.AddDays(-1)), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await TubeTests.ReadyAsync(clinic, expired);
        await scene.SaveAsync(draft => draft.CreamLotId = sound);
        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(db => db.Products.ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, x => "Renamed " + x.Name)));

        var record = await ReadAsync(scene);

        Assert.StartsWith("Anaesthetic cream", Assert.Single(record.ReplacedTubes).Product, StringComparison.Ordinal);
        Assert.True(record.HashHolds);
        if (engine == Engine.Sqlite)
        {
            await PastTheTriggers.RunAsync(clinic, "ReplacedTubes", "UPDATE ReplacedTubes SET ProductName = 'Another cream'");
            Assert.False((await ReadAsync(scene)).HashHolds);
        }
    }

    private static Task NoteAllergyAsync(SessionScene scene, string allergen) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.Include(p => p.Allergies).SingleAsync(p => p.Id == scene.Patient);
        patient.Allergies.Clear();
        patient.Allergies.Add(new PatientAllergy { Allergen = allergen, NotedOn = scene.Clinic.Today });
        await db.SaveChangesAsync();
    });

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
