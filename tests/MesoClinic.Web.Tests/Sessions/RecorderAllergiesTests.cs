using Bunit;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>The allergies in the head of the recorder are those of the chart now, not those of when it was opened.</summary>
public sealed class RecorderAllergiesTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_allergy_that_a_colleague_writes_into_the_chart_stands_in_the_open_recorder()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = Show(scene);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        Assert.Contains("No allergies known", page.Find(".rec-top").TextContent, StringComparison.Ordinal);
        var news = Services.GetRequiredService<SafetyNews>();
        await news.LookAsync(CancellationToken.None);
        await page.InvokeAsync(() => { }); // By then the page has looked at what the first look told.

        await NoteAsync(scene, "alg-sulfites");
        Assert.True(await news.LookAsync(CancellationToken.None));

        await page.WaitForAssertionAsync(() => Assert.Contains("Allergic: Sulf", page.Find(".rec-top").TextContent, StringComparison.Ordinal), Patience);
        Assert.False(await news.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_next_save_shows_it_too()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = Show(scene);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        await NoteAsync(scene, "alg-sulfites");

        await page.OnAsync("textarea", field => field.ChangeAsync("The patient remembers an allergy"));

        await page.WaitForAssertionAsync(() => Assert.Contains("Allergic: Sulf", page.Find(".rec-top").TextContent, StringComparison.Ordinal), Patience);
    }

    private static async Task NoteAsync(SessionScene scene, string allergen)
    {
        var version = await scene.Clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == scene.Patient).Select(p => p.Version).SingleAsync());
        (await scene.Clinic.SendAsync(scene.Practitioner, new SaveAllergies.Command { PatientId = scene.Patient, Version = version, Items = [new() { Allergen = allergen }] })).Must();
    }

    private IRenderedComponent<SessionPage> Show(SessionScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Practitioner, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        return Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
    }
}
