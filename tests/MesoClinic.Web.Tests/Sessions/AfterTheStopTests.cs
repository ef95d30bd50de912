using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What stands on the tablet when something has to stop, or must not begin.</summary>
public sealed class AfterTheStopTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_record_that_does_not_say_whether_by_hand_or_by_device_claims_neither()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Administration = null);
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint" })).Must();

        var page = Show(scene, scene.Practitioner);

        await page.WaitForAssertionAsync(() => Assert.Contains("by hand or by device: not recorded", page.Find("dl.facts").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(["by hand", "by device"], RecordWords.Ways.Select(way => RecordWords.Way(way.Value)));
    }

    [Fact]
    public async Task A_depth_that_the_tables_do_not_give_for_the_technique_is_said_while_it_is_typed()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Technique = "tech-classic");
        var page = await OpenAsync(scene, scene.Practitioner);
        Assert.DoesNotContain("the tables give", page.Markup, StringComparison.Ordinal);

        await page.EnterAsync("Depth, mm", "5.5");

        var source = TestClinic.Book.Value.Sources["meso-web-protocol"].Title;
        await page.WaitForAssertionAsync(() => Assert.Contains(page.FindAll(".tech .note"), note => note.TextContent.Contains("Depth 5.5 mm: the tables give 1 to 4 mm for", StringComparison.Ordinal) && note.TextContent.Contains(source, StringComparison.Ordinal)), Patience);
        await page.EnterAsync("Depth, mm", "4");
        await page.WaitForAssertionAsync(() => Assert.DoesNotContain("the tables give", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_signed_record_says_which_areas_have_no_points()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var forehead = BodyView.FindShape("face-front", "forehead", "mid")!;
        await scene.SaveAsync(draft => (draft.Areas, draft.Sites) = (["forehead", "cheeks"], [new SaveSessionDraft.Site { View = "face-front", Area = "forehead", Side = "mid", Points = [.. PointLayout.ByCount(forehead, LayoutPattern.Staggered, 8).Marks.Select(mark => InjectionPoint.Of(mark, forehead.View))] }]));
        await scene.SignConsentAsync();
        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();

        var page = Show(scene, scene.Practitioner);

        await page.WaitForAssertionAsync(() => Assert.Contains("8 points, 0.16 ml, slow; none marked as done. Points not noted: cheeks", page.Find("dl.facts").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_consent_taken_back_at_home_stops_the_tablet_at_once()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var page = await OpenAsync(scene, scene.Practitioner);
        Assert.DoesNotContain("Consent withdrawn", page.Markup, StringComparison.Ordinal);
        clinic.Clock.Advance(TimeSpan.FromMinutes(7));

        var account = await clinic.AddPatientAccountAsync(scene.Patient);
        var consent = await clinic.InDatabaseAsync(db => db.Consents.Select(c => c.Id).SingleAsync());
        Services.GetRequiredService<SessionScreens>().Tell((await clinic.SendAsync(account, new WithdrawMyConsent.Command { ConsentId = consent })).Must().OpenSessions);

        await page.WaitForAssertionAsync(() => Assert.Contains("Consent withdrawn at 09:07: stop.", page.Find(".rec-note [role=alert]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_stopped_session_still_takes_down_what_was_given_and_its_clock_stands()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
        clinic.Clock.Advance(TimeSpan.FromMinutes(9));

        var page = await OpenAsync(scene, scene.Practitioner);

        Assert.Contains("Stopped at 09:05.", page.Find(".rec-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("5:00", page.Find("[role=timer]").TextContent.Split(',')[0]);
        Assert.True(page.Field("Technique").HasAttribute("disabled"));
        await page.EnterAsync("Points", "12");
        await page.WaitForAssertionAsync(async () => Assert.Equal(12, await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.Points).SingleAsync())), Patience);
    }

    [Fact]
    public async Task An_end_that_is_assumed_says_so_and_gives_way_to_the_true_one()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(new TimeSpan(0, 12, 30));
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
        clinic.Clock.Advance(TimeSpan.FromMinutes(9));
        var page = await OpenAsync(scene, scene.Practitioner);
        var end = page.Field("End of the injections");
        Assert.Contains("09:12 is assumed", page.Find($"#{end.GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);

        await page.EnterAsync("End of the injections", "09:08");

        await page.WaitForAssertionAsync(() => Assert.Equal("8:00", page.Find("[role=timer]").TextContent.Split(',')[0]), Patience);
        Assert.DoesNotContain("is assumed", page.Markup, StringComparison.Ordinal);
        Assert.Equal(TestClinic.Start.UtcDateTime.AddMinutes(8), await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.EndedUtc).SingleAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_signed_record_says_when_its_end_was_assumed(bool noted)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(12));
        await scene.SaveAsync(draft => draft.EndedAt = noted ? new TimeOnly(9, 10) : null);
        var stopped = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
        (await clinic.SendAsync(scene.Practitioner, new SignSession.Command { SessionId = scene.Session, Version = stopped })).Must();

        var page = Show(scene, scene.Practitioner);
        await page.WaitForAssertionAsync(() => Assert.Contains("What was done", page.Markup, StringComparison.Ordinal), Patience);

        Assert.Equal(!noted, page.Find(".facts").TextContent.Contains("09:12 (assumed: nobody noted when the injections ended)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_needle_that_is_too_thick_is_named_at_its_field()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.NeedleOuterDiameterMm = 0.5m);

        var page = await OpenAsync(scene, scene.Practitioner);

        var needle = page.Field("Needle");
        Assert.Equal("true", needle.GetAttribute("aria-invalid"));
        Assert.Equal("Needle thicker than 0.3 mm.", page.Find($"#{needle.Id}-error").TextContent);
    }

    [Fact]
    public async Task A_colleague_takes_an_opened_record_over_with_a_reason()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var colleague = await clinic.AddCosmetologistAsync("Lan Pham");
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });
        var page = Show(scene, colleague);
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Field("Why?")), Patience);

        await page.EnterAsync("Why?", "Booked with me");
        await page.PressAsync("Take the session over");

        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Button("Start injections")), Patience);
    }

    [Fact]
    public async Task Silence_about_allergies_is_shown_with_its_age()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.AllergiesReviewedOn, new DateOnly(2023, 2, 1))));

        var page = await OpenAsync(scene, scene.Practitioner);

        Assert.Contains("Allergies last asked 1 February 2023: ask again", page.Find(".rec-top").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_show_the_digits_by_which_a_limit_is_passed_and_what_the_points_take()
    {
        var draft = new SaveSessionDraft.Command { Points = 100, VolumePerInjectionMl = 0.0204m, Lines = [new SaveSessionDraft.Line { LotId = Guid.NewGuid(), VolumeMl = 1 }] };

        var rows = Render<SessionMeters>(p => p.Add(m => m.Draft, draft).Add(m => m.Limits, new TechniqueLimits(1.2m, 0.02m, 0.31m, 60)).Add(m => m.Number, 1)).FindAll(".row").Select(row => row.TextContent).ToList();

        Assert.Equal(["First session2.04 mlof 1.2 ml", "100 points take2.04 ml", "Per point0.0204 mlof 0.02 ml"], rows.Take(3));
    }

    [Fact]
    public void A_hundred_steps_of_the_map_are_kept_and_no_more()
    {
        var editor = new MapEditor(new SaveSessionDraft.Command());
        editor.Take(Domain.Sessions.Mapping.BodyView.FindShape("face-front", "forehead", "mid")!);
        for (var i = 0; i < 150; i++)
        {
            editor.SetDone(i % 2 == 0);
        }

        var steps = 0;
        for (; editor.CanUndo; steps++)
        {
            editor.Undo();
        }

        Assert.Equal(100, steps);
    }

    [Theory]
    [InlineData("112", "Stop injecting. Call 112", 1)]
    [InlineData("", "Stop injecting. Call the emergency services", 0)]
    public void The_emergency_card_calls_a_number_only_where_there_is_one(string number, string title, int links)
    {
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "", number, Demo: false)));
        Services.AddSingleton(TestClinic.Book.Value);

        var card = Render<NeedleEmergency>();

        Assert.Equal(title, string.Join(' ', card.Find("h2").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(links, card.FindAll("h2 a[href^='tel:']").Count);
    }

    private IRenderedComponent<SessionPage> Show(SessionScene scene, Guid user)
    {
        this.UseClinic(scene.Clinic, user, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        return Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
    }

    private async Task<IRenderedComponent<SessionPage>> OpenAsync(SessionScene scene, Guid user)
    {
        var page = Show(scene, user);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        return page;
    }
}
