using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A patient who says no means all of it, and from now on; what was given before stays to be written down.</summary>
public sealed class WithdrawalTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Taking_one_consent_back_takes_back_every_one_of_its_kind(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        var first = await scene.SignConsentAsync();
        var wider = await scene.SignConsentAsync(c => c.Areas.Add("cheeks"));

        var withIt = (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(wider))).Must().TakenBackToo;
        var taken = (await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = wider, Reason = "Does not want to go on" })).Must();

        Assert.Contains("Forehead", Assert.Single(withIt), StringComparison.Ordinal);
        Assert.Equal((2, scene.Session), (taken.Consents, Assert.Single(taken.OpenSessions)));
        Assert.Equal("No consent is signed for this treatment.", Assert.IsType<Failure.Invalid>((await scene.TryStartAsync()).Failure).Errors["Consent"][0]);
        Assert.Equal("Does not want to go on", (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(first))).Must().WithdrawnReason);
    }

    [Theory]
    [OnSqlite]
    public async Task Photos_and_other_patients_keep_their_consents(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var account = await SignAtHomeTests.AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");
        var photos = await scene.SignConsentAsync(c => (c.Kind, c.Areas, c.Technique, c.Ingredients) = (ConsentKind.Photos, [], null, []));
        var other = await SessionScene.ReadyAsync(clinic);
        var treatment = (await clinic.SendAsync(account, new GetMyConsents.Query())).Must().Given.Single(c => c.Kind == ConsentKind.Treatment).Id;

        Assert.Equal(1, (await clinic.SendAsync(account, new WithdrawMyConsent.Command { ConsentId = treatment })).Must().Consents);

        Assert.True((await clinic.SendAsync(account, new GetMyConsent.Query(photos))).Must().Counts);
        Assert.True((await other.TryStartAsync()).Succeeded);
        Assert.False((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task After_it_the_record_says_since_when_and_takes_no_point_more(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithTwentyPointsAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(4));
        await WithdrawAsync(scene);

        Assert.Equal(new DateTime(2026, 6, 1, 9, 4, 0, DateTimeKind.Unspecified), (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().ConsentWithdrawnAt);
        var more = Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(21, ml: 0.014m, mm: 1.5m)])).Failure);
        Assert.StartsWith("The consent was withdrawn at 09:04", more.Errors["Consent"][0], StringComparison.Ordinal);
        Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(20, ml: 0.02m, mm: 1.5m)])).Failure);
        Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => (draft.Sites, draft.Areas) = ([InjectionPointTests.Nappage(20, ml: 0.014m, mm: 1.5m)], ["forehead", "cheeks"]))).Failure);
        Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => (draft.Areas, draft.Lines[0].Ampoules, draft.Lines[0].SealedAmpoules) = (["forehead"], 2, 2))).Failure);
        Assert.Equal((20, 1), ((await scene.ReadDraftAsync()).Points!.Value, (await scene.ReadDraftAsync()).Lines[0].Ampoules!.Value));
    }

    [Theory]
    [OnSqlite]
    public async Task After_it_what_was_given_until_then_is_written_down_and_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithTwentyPointsAsync(clinic);
        await WithdrawAsync(scene);

        await scene.SaveAsync(draft => (draft.Sites, draft.Lines[0].VolumeMl, draft.Notes) = ([InjectionPointTests.Nappage(12, ml: 0.014m, mm: 1.5m, done: true)], 0.3m, "Stopped: the patient withdrew."));

        Assert.Equal((12, 0.3m), ((await scene.ReadDraftAsync()).Points!.Value, (await scene.ReadDraftAsync()).Lines[0].VolumeMl!.Value));
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task Who_signs_anew_goes_on(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithTwentyPointsAsync(clinic);
        await WithdrawAsync(scene);
        clinic.Clock.Advance(TimeSpan.FromMinutes(2));
        var anew = await scene.SignConsentAsync();

        Assert.Null((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().ConsentWithdrawnAt);
        Assert.True((await scene.TrySaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(24, ml: 0.014m, mm: 1.5m)])).Succeeded);
        Assert.Equal([anew], (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().LaterConsents.Select(later => later.Consent.Id));
    }

    [Theory]
    [OnSqlite]
    public async Task What_is_signed_for_the_next_time_after_the_injections_ended_is_no_consent_to_them(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithTwentyPointsAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(10));
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 5));
        await WithdrawAsync(scene);
        clinic.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.SignConsentAsync();

        await scene.SaveAsync(draft => draft.Notes = "Will come again.");

        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().LaterConsents);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task One_in_the_very_moment_of_the_start_is_found_by_the_consent_that_the_record_rests_on(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Consents.SingleAsync()).Withdraw(TestClinic.Start.UtcDateTime.AddMilliseconds(-5), scene.Practitioner, null);
            await db.SaveChangesAsync();
        });

        Assert.NotNull((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().ConsentWithdrawnAt);
        Assert.StartsWith("The consent was withdrawn", Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.05m)).Failure).Errors["Consent"][0], StringComparison.Ordinal);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.2m);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Open_recorders_hear_of_it_on_every_instance_of_the_portal(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await using var scope = clinic.Scope();
        var (scene, news) = (await SessionScene.StartedAsync(clinic), scope.ServiceProvider.GetRequiredService<SafetyNews>());
        await news.LookAsync(CancellationToken.None);
        var heard = 0;
        news.Changed += (_, _) => heard++;

        await WithdrawAsync(scene);
        Assert.True(await news.LookAsync(CancellationToken.None));
        Assert.False(await news.LookAsync(CancellationToken.None));
        Assert.Equal(1, heard);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Open_recorders_hear_of_a_changed_chart_of_their_own_patient_only(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await using var scope = clinic.Scope();
        var (scene, other, news) = (await SessionScene.StartedAsync(clinic), await SessionScene.ReadyAsync(clinic), scope.ServiceProvider.GetRequiredService<SafetyNews>());
        var watch = news.Watch(scene.Patient);
        await news.LookAsync(CancellationToken.None);

        await NoteAllergyAsync(other);
        Assert.False(await news.LookAsync(CancellationToken.None));
        await NoteAllergyAsync(scene);
        Assert.True(await news.LookAsync(CancellationToken.None));
        Assert.False(await news.LookAsync(CancellationToken.None));
        Assert.Equal(["alg-sulfites"], (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Allergies.Allergens);

        watch.Dispose();
        Assert.False(await news.LookAsync(CancellationToken.None));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task And_of_a_test_that_is_read_and_an_override_that_is_given_or_taken_back(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await using var scope = clinic.Scope();
        var (scene, news) = (await SessionScene.StartedAsync(clinic), scope.ServiceProvider.GetRequiredService<SafetyNews>());
        using var watch = news.Watch(scene.Patient);
        await news.LookAsync(CancellationToken.None);

        await clinic.InDatabaseAsync(async db =>
        {
            var judged = await db.Assessments.Select(a => a.Id).FirstAsync();
            db.Overrides.Add(new Override { AppointmentId = scene.Appointment, PatientId = scene.Patient, Rule = "ci-acne", Reason = OverrideReason.ToleratedBefore, Text = "Calm", Binding = "b", AssessmentId = judged, GivenById = scene.Practitioner, GivenUtc = clinic.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        });
        Assert.Equal((true, false), (await news.LookAsync(CancellationToken.None), await news.LookAsync(CancellationToken.None)));

        await clinic.InDatabaseAsync(db => db.Overrides.ExecuteUpdateAsync(o => o.SetProperty(x => x.WithdrawnUtc, clinic.Clock.GetUtcNow().UtcDateTime).SetProperty(x => x.WithdrawnById, scene.Practitioner)));
        Assert.Equal((true, false), (await news.LookAsync(CancellationToken.None), await news.LookAsync(CancellationToken.None)));

        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new Domain.Cocktails.AllergyTest { PatientId = scene.Patient, Ingredient = SessionScene.Ingredient, AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today, Negative = false, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        Assert.Equal((true, false), (await news.LookAsync(CancellationToken.None), await news.LookAsync(CancellationToken.None)));
    }

    private static async Task NoteAllergyAsync(SessionScene scene)
    {
        var version = await scene.Clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == scene.Patient).Select(p => p.Version).SingleAsync());
        (await scene.Clinic.SendAsync(scene.Practitioner, new SaveAllergies.Command { PatientId = scene.Patient, Version = version, Items = [new() { Allergen = "alg-sulfites" }] })).Must();
    }

    internal static async Task<SessionScene> WithTwentyPointsAsync(TestClinic clinic)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(20, ml: 0.014m, mm: 1.5m)]);
        await scene.StartAsync();
        return scene;
    }

    private static async Task WithdrawAsync(SessionScene scene)
    {
        var consent = await scene.Clinic.InDatabaseAsync(db => db.Consents.Select(c => c.Id).SingleAsync());
        (await scene.Clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "Does not want to go on" })).Must();
    }
}
