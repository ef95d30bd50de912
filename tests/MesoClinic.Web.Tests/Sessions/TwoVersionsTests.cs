using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class TwoVersionsTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Whoever_saves_a_record_second_sees_both_versions_and_keeps_the_own()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var page = await OpenAsync(scene);
        await scene.SaveAsync(draft => (draft.Points, draft.Notes) = (55, "from the tablet"));

        await page.EnterAsync("Notes", "from the desk");

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".two-versions")), Patience);
        Assert.Equal(["Points", "40", "55"], Cells(page, "Points"));
        Assert.Equal(["Notes", "from the desk", "from the tablet"], Cells(page, "Notes"));
        Assert.Equal("from the tablet", (await scene.ReadDraftAsync()).Notes);
        await page.PressAsync("Keep mine");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".two-versions")), Patience);
        var kept = await scene.ReadDraftAsync();
        Assert.Equal((40, "from the desk"), (kept.Points, kept.Notes));
    }

    [Fact]
    public async Task Taking_the_other_version_shows_it_in_the_fields()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var page = await OpenAsync(scene);
        await scene.SaveAsync(draft => draft.Points = 55);
        await page.EnterAsync("Points", "41");
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".two-versions")), Patience);

        await page.PressAsync("Take theirs");

        await page.WaitForAssertionAsync(() => Assert.Equal("55", page.Field("Points").GetAttribute("value")), Patience);
        Assert.Empty(page.FindAll(".two-versions"));
    }

    [Fact]
    public async Task Two_screens_of_one_record_are_told_of_each_other_and_see_what_the_other_saves()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var desk = await OpenAsync(scene);
        Assert.DoesNotContain("another screen", desk.Markup, StringComparison.Ordinal);

        var tablet = Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));

        await tablet.WaitForAssertionAsync(() => Assert.Contains("open on another screen too", tablet.Markup, StringComparison.Ordinal), Patience);
        await desk.WaitForAssertionAsync(() => Assert.Contains("open on another screen too", desk.Markup, StringComparison.Ordinal), Patience);

        await tablet.EnterAsync("Notes", "from the tablet");

        await desk.WaitForAssertionAsync(() => Assert.Equal("from the tablet", desk.Field("Notes").GetAttribute("value") ?? desk.Field("Notes").TextContent), Patience);
        Assert.Empty(desk.FindAll(".two-versions"));
    }

    [Fact]
    public async Task A_recall_is_said_on_an_open_recorder_before_anything_is_saved()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var page = await OpenAsync(scene);
        var news = Services.GetRequiredService<SafetyNews>();
        await news.LookAsync(CancellationToken.None);
        (await clinic.SendAsync(await clinic.AddManagerAsync(), new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();
        Assert.DoesNotContain("is recalled", page.Markup, StringComparison.Ordinal);

        await news.LookAsync(CancellationToken.None);

        await page.WaitForAssertionAsync(() => Assert.Contains("Lot L-2604", page.Find(".rec-note [role=alert]").TextContent, StringComparison.Ordinal), Patience);
        await page.WaitForAssertionAsync(() => Assert.Equal("Recalled", page.Find(".ck-check .is-refuse").TextContent), Patience);
    }

    [Fact]
    public async Task Signing_at_once_signs_what_was_just_entered()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = await OpenAsync(scene);
        await page.EnterAsync("End of the injections", Wall(clinic));

        await page.EnterAsync("Notes", "said in the last second");
        await page.PressAsync("Sign");

        await page.WaitForAssertionAsync(() => Assert.Contains("What was done", page.Markup, StringComparison.Ordinal), Patience);
        var signed = await clinic.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == scene.Session));
        Assert.Equal("said in the last second", signed.Notes);
        Assert.NotNull(signed.SignedUtc);
    }

    [Fact]
    public async Task Nothing_is_signed_while_a_field_cannot_be_kept()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = await OpenAsync(scene);
        await page.EnterAsync("End of the injections", Wall(clinic));

        await page.EnterAsync("Under observation after the injections", "-3");
        await page.EnterAsync("Notes", "kept nevertheless");
        await page.PressAsync("Sign");

        await page.WaitForAssertionAsync(() => Assert.Contains("Not everything is saved", page.Markup, StringComparison.Ordinal), Patience);
        var draft = await clinic.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == scene.Session));
        Assert.Equal((null, "kept nevertheless", null), (draft.SignedUtc, draft.Notes, draft.ObservedMinutes));
        Assert.Equal("-3", page.Field("Under observation after the injections").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_refused_keeps_its_mark_and_is_saved_when_its_reason_goes_away()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        var screens = Services.GetRequiredService<SessionScreens>();
        await page.OnAsync("#add-area", field => field.Change("cheeks"));
        await IsRefusedAsync();

        var askedAgain = page.WaitForAssertionAsync(() => Assert.Equal("Saving…", SaveState()), Patience);
        screens.Tell([scene.Session]);
        await askedAgain;
        await IsRefusedAsync();

        await scene.SignConsentAsync(form => form.Areas = ["forehead", "cheeks"]);
        screens.Tell([scene.Session]);

        await page.WaitForAssertionAsync(async () => Assert.Equal(2, await clinic.InDatabaseAsync(db => db.Sessions.SelectMany(s => s.Areas).CountAsync())), Patience);
        await page.WaitForAssertionAsync(() => Assert.DoesNotContain("does not cover", page.Markup, StringComparison.Ordinal), Patience);

        string SaveState() => page.Find(".rec-top [role=status]").TextContent;
        Task IsRefusedAsync() => page.WaitForAssertionAsync(() => Assert.True(SaveState().StartsWith("Not saved: put right", StringComparison.Ordinal) && page.Markup.Contains("does not cover: Cheeks", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public async Task The_clock_stands_and_the_step_is_done_once_the_end_is_noted()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = await OpenAsync(scene);
        Assert.DoesNotContain("on", page.FindAll(".flow li")[3].ClassList);

        await page.EnterAsync("End of the injections", "09:15");

        await page.WaitForAssertionAsync(() => Assert.Equal("15:00", page.Find("[role=timer]").TextContent), Patience);
        Assert.Contains("on", page.FindAll(".flow li")[3].ClassList);
    }

    [Fact]
    public async Task Why_a_session_stops_is_kept_while_it_is_written()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene);
        await page.PressAsync("Stop session");
        await page.EnterAsync("Why does the session stop?", "Hives on the neck");
        await page.WaitForAssertionAsync(async () => Assert.Equal("Hives on the neck", (await scene.ReadDraftAsync()).StopReason), Patience);

        var tablet = Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
        await tablet.WaitForAssertionAsync(() => Assert.Equal("Hives on the neck", tablet.Field("Why does the session stop?").GetAttribute("value")), Patience);
        await tablet.PressAsync("Stop the session");

        await tablet.WaitForAssertionAsync(() => Assert.Contains("Stopped at 09:00", tablet.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal("Hives on the neck", await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.AbortReason).SingleAsync()));
    }

    private static string Wall(TestClinic clinic) => TimeZoneInfo.ConvertTime(clinic.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Cells(IRenderedComponent<SessionPage> page, string field) =>
        [.. page.FindAll(".two-versions tbody tr").Single(row => row.FirstElementChild!.TextContent == field).Children.Select(cell => cell.TextContent)];

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
