using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What the tablet and the signed record say of the consents that a session rests on.</summary>
public sealed class RecorderConsentTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_consent_taken_back_on_another_server_stops_the_tablet()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = Show(scene);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        clinic.Clock.Advance(TimeSpan.FromMinutes(7));
        var consent = await clinic.InDatabaseAsync(db => db.Consents.Select(c => c.Id).SingleAsync());
        (await clinic.SendAsync(await clinic.AddPatientAccountAsync(scene.Patient), new WithdrawMyConsent.Command { ConsentId = consent })).Must();

        await Services.GetRequiredService<SafetyNews>().LookAsync(CancellationToken.None);

        await page.WaitForAssertionAsync(() => Assert.Contains("Consent withdrawn at 09:07: stop.", page.Find(".rec-note [role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_signed_record_shows_the_consent_of_the_start_and_that_of_what_was_added()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        await scene.SignConsentAsync(c => c.Areas = ["forehead", "cheeks"]);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.SaveAsync(draft => draft.Areas = ["forehead", "cheeks"]);
        (await scene.TrySignAsync()).Must();

        var page = Show(scene);

        await page.WaitForAssertionAsync(
            () => Assert.Equal(["Consent of 1 June 2026, 09:00", "Consent of 1 June 2026, 09:20, for what was injected from 09:21 on"], page.FindAll("details h2").Select(h => h.TextContent).Where(h => h.StartsWith("Consent", StringComparison.Ordinal))), Patience);
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
