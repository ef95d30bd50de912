using Bunit;
using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What stands on the screen and is not saved when the record moves on somewhere else: nothing of it is lost.</summary>
public sealed class UnsavedAtTheStopTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Who_stops_after_another_tablet_has_saved_chooses_between_both_versions()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await scene.SaveAsync(draft => draft.Notes = "from the tablet");

        await page.EnterAsync("Notes", "from the desk");
        await StopAsync(page, "Hives");

        await page.WaitForAssertionAsync(() => Assert.Contains("Stopped at 09:00", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["Notes", "from the desk", "from the tablet"], Assert.Single(Rows(page, ".two-versions")));
        Assert.Contains("stopped before all of yours was saved", page.Find(".two-versions").TextContent, StringComparison.Ordinal);
        Assert.Equal("from the tablet", (await scene.ReadDraftAsync()).Notes);
        await page.PressAsync("Keep mine");

        await page.WaitForAssertionAsync(async () => Assert.Equal("from the desk", (await scene.ReadDraftAsync()).Notes), Patience);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".two-versions")), Patience);
        Assert.Empty(page.FindAll(".not-taken"));
        Assert.Equal("Hives", await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.AbortReason).SingleAsync()));
    }

    [Fact]
    public async Task What_a_stopped_record_does_not_take_is_listed_and_the_words_are_saved()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await scene.SaveAsync(draft => draft.Points = 30);
        await page.EnterAsync("Notes", "from the desk");
        await StopAsync(page, "Hives");
        await page.WaitForAssertionAsync(() => Assert.Contains(["Points", "40", "30"], Rows(page, ".two-versions")), Patience);

        await page.PressAsync("Keep mine");

        await page.WaitForAssertionAsync(() => Assert.Equal(["Points", "40", "30"], Assert.Single(Rows(page, ".not-taken"))), Patience);
        var kept = await scene.ReadDraftAsync();
        Assert.Equal((30, "from the desk"), (kept.Points, kept.Notes));
        Assert.Equal("30", page.Field("Points").GetAttribute("value"));

        await page.EnterAsync("Notes", "from the desk. I counted 40 points.");
        await page.WaitForAssertionAsync(async () => Assert.EndsWith("40 points.", (await scene.ReadDraftAsync()).Notes, StringComparison.Ordinal), Patience);
        Assert.NotEmpty(page.FindAll(".not-taken"));
        await page.PressAsync("I have what I need");
        Assert.Empty(page.FindAll(".not-taken"));
    }

    [Fact]
    public async Task Words_that_were_being_written_when_a_colleague_stopped_are_saved()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await StopByColleagueAsync(scene);

        await page.EnterAsync("Notes", "pale and sweating");

        await page.WaitForAssertionAsync(async () => Assert.Equal("pale and sweating", (await scene.ReadDraftAsync()).Notes), Patience);
        await page.WaitForAssertionAsync(() => Assert.Contains("Stopped at 09:00", page.Markup, StringComparison.Ordinal), Patience);
        await page.WaitForAssertionAsync(() => Assert.Equal("Saved", page.Find(".rec-top [role=status]").TextContent), Patience);
        Assert.Empty(page.FindAll(".two-versions"));
    }

    [Fact]
    public async Task What_was_refused_when_a_colleague_stopped_is_listed()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await page.OnAsync("#add-area", field => field.Change("cheeks"));
        await page.WaitForAssertionAsync(() => Assert.Contains("does not cover: Cheeks", page.Markup, StringComparison.Ordinal), Patience);

        await StopByColleagueAsync(scene);
        Services.GetRequiredService<SessionScreens>().Tell([scene.Session]);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Areas", "Cheeks; Forehead", "Forehead"], Assert.Single(Rows(page, ".not-taken"))), Patience);
        Assert.Contains("Stopped at 09:00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_could_not_be_kept_stays_in_its_field_when_a_colleague_stops()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await WriteWrongMinutesAsync(page);

        await StopByColleagueAsync(scene);
        Services.GetRequiredService<SessionScreens>().Tell([scene.Session]);

        await page.WaitForAssertionAsync(() => Assert.Contains("Stopped at 09:00", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal("-3", page.Field("Under observation after the injections").GetAttribute("value"));
    }

    [Fact]
    public async Task A_reason_begun_while_a_colleague_stopped_is_listed_beside_theirs()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await page.PressAsync("Stop session");
        await StopByColleagueAsync(scene);

        await page.EnterAsync("Why does the session stop?", "Hives on the neck");

        await page.WaitForAssertionAsync(() => Assert.Equal(["Why the session stops", "Hives on the neck", "Irina Volkova was taken ill"], Assert.Single(Rows(page, ".not-taken"))), Patience);
        Assert.DoesNotContain("Why does the session stop?", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_on_another_tablet_leaves_what_is_not_saved_here_in_its_field()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SignConsentAsync(c => (c.Kind, c.AppointmentId, c.PatientId) = (ConsentKind.Photos, null, scene.Patient));
        var page = await OpenAsync(scene);
        await page.WaitForAssertionAsync(() => Assert.Equal("Before", page.Find("[data-photo-moment]").GetAttribute("data-photo-moment")), Patience);
        await WriteWrongMinutesAsync(page);

        scene.Draft.Version = (await scene.ReadDraftAsync()).Version;
        await scene.StartAsync();
        Services.GetRequiredService<SessionScreens>().Tell([scene.Session]);

        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Button("Sign")), Patience);
        Assert.Equal("-3", page.Field("Under observation after the injections").GetAttribute("value"));
        await page.WaitForAssertionAsync(() => Assert.Equal("After", page.Find("[data-photo-moment]").GetAttribute("data-photo-moment")), Patience);
    }

    [Fact]
    public async Task What_a_signed_record_no_longer_takes_is_listed_above_it()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await WriteWrongMinutesAsync(page);

        (await scene.TrySignAsync()).Must();
        Services.GetRequiredService<SessionScreens>().Tell([scene.Session]);

        await page.WaitForAssertionAsync(() => Assert.Contains("Signed by", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(["Observation, min", "-3", "–"], Rows(page, ".not-taken"));
        await page.PressAsync("I have what I need");
        Assert.Empty(page.FindAll(".not-taken"));
    }

    private static async Task WriteWrongMinutesAsync(IRenderedComponent<SessionPage> page)
    {
        await page.EnterAsync("Under observation after the injections", "-3");
        await page.WaitForAssertionAsync(() => Assert.Equal("Saved, but for what is marked", page.Find(".rec-top [role=status]").TextContent), Patience);
    }

    private static async Task StopAsync(IRenderedComponent<SessionPage> page, string why)
    {
        await page.PressAsync("Stop session");
        await page.EnterAsync("Why does the session stop?", why);
        await page.PressAsync("Stop the session");
    }

    private static async Task StopByColleagueAsync(SessionScene scene)
    {
        var colleague = await scene.Clinic.AddCosmetologistAsync("Linh Tran");
        await scene.Clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });
        (await scene.Clinic.SendAsync(colleague, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Irina Volkova was taken ill" })).Must();
    }

    private static List<string[]> Rows(IRenderedComponent<SessionPage> page, string list) => [.. page.FindAll($"{list} tbody tr").Select(row => row.Children.Select(cell => cell.TextContent).ToArray())];

    private async Task<IRenderedComponent<SessionPage>> OpenAsync(SessionScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Practitioner, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        var page = Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        return page;
    }
}
