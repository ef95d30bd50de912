using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>After the start: what was given can always be written down, what was done before the needle stays, and only what was permitted stands in the record.</summary>
public sealed class StoppedSessionTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_stopped_session_records_the_part_that_was_given(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithdrawalTests.WithTwentyPointsAsync(clinic);
        await StopAsync(scene);

        await scene.SaveAsync(draft => (draft.Sites, draft.Lines[0].VolumeMl) = ([InjectionPointTests.Nappage(12, ml: 0.014m, mm: 1.5m, done: true)], 0.3m));

        Assert.True((await scene.TrySignAsync()).Succeeded);
        var draft = await scene.ReadDraftAsync();
        Assert.Equal((12, 0.3m), (draft.Points!.Value, draft.Lines[0].VolumeMl!.Value));
        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task A_stopped_session_takes_nothing_more(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithdrawalTests.WithTwentyPointsAsync(clinic);
        var vitamins = await clinic.AddLotAsync("ing-vitamin-c");
        await StopAsync(scene);

        await RefusedAsync(draft => draft.Sites = [InjectionPointTests.Nappage(21, ml: 0.014m, mm: 1.5m)]);
        await RefusedAsync(draft => draft.Lines[0].VolumeMl = 1.01m);
        await RefusedAsync(draft => draft.Lines[0].VolumeMl = null);
        await RefusedAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = vitamins, VolumeMl = 0.1m }));
        await RefusedAsync(draft => draft.Areas.Add("cheeks"));
        await RefusedAsync(draft => draft.DepthMm = draft.Sites[0].DepthMm = 4);
        await RefusedAsync(draft => draft.Technique = "tech-papular");
        await RefusedAsync(draft => (draft.Lines[0].Ampoules, draft.Lines[0].SealedAmpoules) = (2, 2));

        async Task RefusedAsync(Action<SaveSessionDraft.Command> change)
        {
            var kept = await scene.ReadDraftAsync();
            Assert.StartsWith("The session is stopped", Assert.IsType<Failure.Conflict>((await scene.TrySaveAsync(change)).Failure).Message, StringComparison.Ordinal);
            (scene.Draft.Sites, scene.Draft.Lines, scene.Draft.Areas, scene.Draft.DepthMm, scene.Draft.Technique) = (kept.Sites, kept.Lines, kept.Areas, kept.DepthMm, kept.Technique);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task A_reason_that_was_written_says_nothing_until_the_session_is_stopped(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.StopReason = "Hives ");
        var open = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal(("Hives", null), (open.Draft.StopReason, open.AbortReason));

        Assert.StartsWith("Why the session stops is written", Assert.IsType<Failure.Conflict>((await scene.TrySignAsync()).Failure).Message, StringComparison.Ordinal);
        await scene.SaveAsync(draft => draft.StopReason = " ");
        Assert.True((await scene.TrySignAsync()).Succeeded);

        var signed = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal((null, true), (signed.AbortReason, signed.HashHolds));
    }

    [Theory]
    [OnSqlite]
    public async Task A_later_draft_leaves_the_reason_of_a_stop_as_it_was_given(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithdrawalTests.WithTwentyPointsAsync(clinic);
        await StopAsync(scene);
        var given = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().AbortReason;

        await scene.SaveAsync(draft => draft.StopReason = "Something else");

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal((given, ""), (record.AbortReason, record.Draft.StopReason));
        Assert.NotNull(given);
    }

    [Theory]
    [OnSqlite]
    public async Task Who_stopped_before_the_first_point_takes_all_of_them_away(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithdrawalTests.WithTwentyPointsAsync(clinic);
        await StopAsync(scene);

        await scene.SaveAsync(draft => (draft.Sites, draft.Points) = ([], null));

        Assert.Null((await scene.ReadDraftAsync()).Points);
        Assert.True((await scene.TrySignAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Steps_before_the_needle_the_cream_and_acknowledgements_stay_as_they_were_at_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Acknowledged = ["tr-duration"]);
        await scene.StartAsync();

        await scene.SaveAsync(draft =>
        {
            (draft.AsepsisDone, draft.Acknowledged, draft.AnaestheticCream) = (["asepsis-01", "asepsis-08"], ["tr-other"], null);
            draft.ConfirmSealed(false);
        });

        var draft = await scene.ReadDraftAsync();
        Assert.Equal(["asepsis-01", "asepsis-02", "asepsis-03", "asepsis-04", "asepsis-05", "asepsis-06", "asepsis-08"], draft.AsepsisDone.Order());
        Assert.Equal(["tr-duration", "tr-other"], draft.Acknowledged.Order());
        Assert.Equal((true, false), (draft.NewSealedAmpoules, draft.AnaestheticCream));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_record_shows_the_assessment_that_permitted_it_and_never_that_of_a_refused_change(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.8m);
        await scene.StartAsync();
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var atStart = await clinic.InDatabaseAsync(db => db.Assessments.Select(a => a.Id).SingleAsync());

        Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.Areas.Add("cheeks"))).Failure);
        Assert.Equal(atStart, await StandingAsync());

        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.SaveAsync(draft => (draft.Areas, draft.Lines[0].VolumeMl) = (["forehead"], 0.9m));
        var newest = await clinic.InDatabaseAsync(db => db.Assessments.OrderByDescending(a => a.AtUtc).Select(a => a.Id).FirstAsync());
        Assert.Equal(newest, await StandingAsync());
        Assert.NotNull((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().Permitting);

        Task<Guid?> StandingAsync() => clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.AssessmentId).SingleAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_given_is_written_down_as_less_although_a_fact_has_changed_since(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var wrong = await clinic.AddLotAsync("ing-vitamin-c");
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new Domain.Cocktails.AllergyTest { PatientId = scene.Patient, Ingredient = "ing-vitamin-c", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        await scene.SignConsentAsync(c => c.Ingredients.Add("ing-vitamin-c"));
        await scene.SaveAsync(draft => draft.Lines = [new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.8m, SealedAmpoules = 1 }, new SaveSessionDraft.Line { LotId = wrong, VolumeMl = 0.1m, SealedAmpoules = 1 }]);
        await scene.StartAsync();
        await TakesWarfarinAsync(scene);

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.4m);
        await scene.SaveAsync(draft => draft.Lines[1].Mistake = "The pack beside it was scanned.");
        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 0.5m)).Failure);
        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => (draft.Lines[0].VolumeMl, draft.Lines[0].Ampoules, draft.Lines[0].SealedAmpoules) = (0.4m, 2, 2))).Failure);
        Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => (draft.Lines[0].VolumeMl, draft.Lines[0].Ampoules) = (null, 1))).Failure);

        Assert.Equal([(0.4m, null), (0.1m, "The pack beside it was scanned.")], (await scene.ReadDraftAsync()).Lines.Select(line => (line.VolumeMl!.Value, line.Mistake)));
    }

    [Theory]
    [OnSqlite]
    public async Task A_number_that_nobody_had_said_is_judged_while_the_session_goes_on(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.Points = null);

        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Points = 3000)).Failure);
        await scene.SaveAsync(draft => (draft.Points, draft.DepthMm) = (null, 3));

        // At the start, the points that were refused, and the depth.
        await clinic.InDatabaseAsync(async db => Assert.Equal(3, await db.Assessments.CountAsync()));
    }

    private static Task TakesWarfarinAsync(SessionScene scene) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.Include(p => p.Medications).SingleAsync(p => p.Id == scene.Patient);
        patient.Medications.Add(new PatientMedication { Name = "Warfarin", Atc = "B01AF01", LastDoseKind = LastDoseKind.StillTaken, NotedOn = scene.Clinic.Today });
        await db.SaveChangesAsync();
    });

    private static async Task StopAsync(SessionScene scene) =>
        scene.Draft.Version = (await scene.Clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
}
