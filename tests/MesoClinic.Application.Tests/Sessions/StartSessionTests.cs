using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class StartSessionTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_complete_record_with_consent_may_start_and_its_assessment_is_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        var started = await scene.TryStartAsync();

        Assert.True(started.Succeeded, $"{started.Failure}");
        await clinic.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.SingleAsync();
            Assert.Equal(clinic.Clock.GetUtcNow().UtcDateTime, session.StartedUtc);
            Assert.NotNull(session.ConsentId);
            Assert.Equal(AppointmentState.InSession, (await db.Appointments.SingleAsync(a => a.Id == scene.Appointment)).State);
            var kept = await db.Assessments.SingleAsync();
            Assert.Equal(session.Id, kept.SessionId);
            Assert.Equal(MesoClinic.Rules.Facts.Stage.Start, kept.Facts.Stage);
            Assert.Equal(1m, kept.Facts.Plan.VolumeTotalMl);
            Assert.Equal(10m, Assert.Single(kept.Facts.Plan.Doses!).Mg);
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_not_recorded_keeps_the_needle_out_and_the_refused_assessment_is_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.NeedleOuterDiameterMm = null);

        var refused = await scene.TryStartAsync();

        var assessment = Assert.IsType<Failure.Contraindicated>(refused.Failure).Assessment;
        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Contains("needleOuterDiameterMm", assessment.Missing);
        await clinic.InDatabaseAsync(async db =>
        {
            Assert.Null((await db.Sessions.SingleAsync()).StartedUtc);
            Assert.Equal(Decision.Incomplete, (await db.Assessments.SingleAsync()).Decision);
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Ampoules_that_nobody_confirmed_as_new_are_unknown_not_safe(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.ConfirmSealed(false));

        Assert.Contains("ampouleOpenedBefore", Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment.Missing);
    }

    [Theory]
    [OnSqlite]
    public async Task A_missing_step_of_skin_preparation_refuses_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.AsepsisDone.Remove("asepsis-05"));

        var assessment = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;
        Assert.Contains(assessment.Findings, f => f.Rule == "tr-asepsis");
    }

    [Theory]
    [OnSqlite]
    public async Task Steps_that_follow_the_injections_are_not_asked_for_at_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        Assert.DoesNotContain("asepsis-08", scene.Draft.AsepsisDone);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Without_a_signed_consent_nothing_starts(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });

        Assert.Equal("No consent is signed for this treatment.", ProblemAt(await scene.TryStartAsync(), "Consent"));
    }

    [Theory]
    [OnSqlite]
    public async Task A_withdrawn_consent_covers_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        var consent = await scene.SignConsentAsync();
        Assert.True((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "Does not want to go on" })).Succeeded);

        Assert.Equal("No consent is signed for this treatment.", ProblemAt(await scene.TryStartAsync(), "Consent"));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_ingredient_added_after_signing_is_not_covered_by_the_consent(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var vitamins = await clinic.AddLotAsync("ing-vitamin-c");
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = vitamins, VolumeMl = 0.1m }));

        Assert.Equal("The signed consent does not cover: Vitamin C (ascorbic acid). Have a new one signed.", ProblemAt(await scene.TryStartAsync(), "Consent"));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_expired_a_used_up_and_a_recalled_lot_are_each_named_beside_their_line(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var expired = await clinic.AddLotAsync(SessionScene.Ingredient, lot => lot.AmpoulesLeft = 3, expires: clinic.Today.AddDays(-1));
        var usedUp = await clinic.AddLotAsync(SessionScene.Ingredient, lot => lot.AmpoulesLeft = 0);
        var recalled = await clinic.AddLotAsync(SessionScene.Ingredient, lot => (lot.RecalledUtc, lot.RecallReason) = (TestClinic.Start.UtcDateTime, "particles"));
        await scene.SaveAsync(draft => draft.Lines = [.. new[] { expired, usedUp, recalled }.Select(lot => new SaveSessionDraft.Line { LotId = lot, VolumeMl = 0.2m })]);

        var refused = await scene.TryStartAsync();

        Assert.Equal("Lot L-2604 expired on 31 May 2026. Take another lot.", ProblemAt(refused, "Lines[0].LotId"));
        Assert.Equal("Lot L-2604: none left in stock, the record takes 1.", ProblemAt(refused, "Lines[1].LotId"));
        Assert.Equal("Lot L-2604 is recalled (particles). It must not be used.", ProblemAt(refused, "Lines[2].LotId"));
    }

    [Theory]
    [OnSqlite]
    public async Task A_line_without_a_volume_is_named(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = null);

        Assert.Equal("Say how much is taken, in ml.", ProblemAt(await scene.TryStartAsync(), "Lines[0].VolumeMl"));
    }

    [Theory]
    [OnSqlite]
    public async Task More_than_the_first_session_allows_is_a_plan_to_change(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 1.3m);

        var assessment = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;
        Assert.Equal(Decision.ModifyPlan, assessment.Decision);
        Assert.Contains(assessment.Findings, f => f.Rule == "tr-first-session-volume");
    }

    [Theory]
    [OnSqlite]
    public async Task A_caution_is_acknowledged_before_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == scene.Appointment).ExecuteUpdateAsync(a => a.SetProperty(x => x.EndUtc, x => x.StartUtc.AddMinutes(45))));
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();

        Assert.StartsWith("Acknowledge first:", ProblemAt(await scene.TryStartAsync(), "Acknowledged"), StringComparison.Ordinal);
        await scene.SaveAsync(draft => draft.Acknowledged = ["tr-duration"]);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task A_colleague_cannot_start_somebody_elses_session(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var colleague = await clinic.AddCosmetologistAsync("Lan Pham");
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });

        Assert.IsType<Failure.Forbidden>((await scene.TryStartAsync(colleague)).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Who_opened_the_record_by_mistake_hands_it_to_whoever_injects_until_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Acknowledged = ["tr-duration"]);
        var colleague = await clinic.AddCosmetologistAsync("Lan Pham");
        var take = new TakeOverSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Booked with me" };
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(colleague, take)).Failure);
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });

        Assert.Contains("Reason", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(colleague, new TakeOverSession.Command { SessionId = scene.Session, Version = take.Version })).Failure).Errors.Keys);
        take.CommandId = Guid.NewGuid();
        (await clinic.SendAsync(colleague, take)).Must();

        Assert.IsType<Failure.Forbidden>((await scene.TrySaveAsync(draft => draft.Notes = "mine")).Failure);

        // What only the one who injects can say is said anew: the steps, the ampoules, the cautions.
        var taken = await scene.ReadDraftAsync();
        Assert.Equal((0, false, 0, 1m), (taken.AsepsisDone.Count, taken.NewSealedAmpoules, taken.Acknowledged.Count, taken.Lines[0].VolumeMl!.Value));
        scene.Draft.Version = taken.Version;
        Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync(colleague)).Failure);
        Assert.True((await scene.TrySaveAsync(_ => { }, colleague)).Succeeded);
        Assert.True((await scene.TryStartAsync(colleague)).Succeeded);
        await clinic.InDatabaseAsync(async db => Assert.Contains(await db.AuditEntries.ToListAsync(), entry => entry is { Action: "TakeOverSession", Reason: "Booked with me" } && entry.UserId == colleague && entry.RecordId == scene.Session));
        take = new TakeOverSession.Command { SessionId = scene.Session, Version = (await scene.ReadDraftAsync()).Version, Reason = "Mine after all" };
        Assert.Contains("injections have begun", Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, take)).Failure).Message, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task A_patient_who_is_not_checked_in_has_no_session_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == scene.Appointment).ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Arrived)));

        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, new OpenSession.Command { AppointmentId = scene.Appointment })).Failure);
    }

    [Theory]
    [InlineData("alt-phonophoresis")]
    [InlineData("tech-noninvasive")]
    public async Task A_treatment_without_needle_needs_no_cocktail_and_no_consent_to_one(string technique)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(draft =>
        {
            (draft.Technique, draft.Administration, draft.InjectionSpeed, draft.Points) = (technique, null, null, null);
            (draft.NeedleOuterDiameterMm, draft.DepthMm, draft.VolumePerInjectionMl, draft.Lines) = (null, null, null, []);
        });

        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task Opening_twice_leads_to_the_same_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();

        var again = await clinic.SendAsync(scene.Practitioner, new OpenSession.Command { AppointmentId = scene.Appointment });

        Assert.Equal(scene.Session, again.Value);
    }

    private static string ProblemAt<T>(Outcome<T> outcome, string path) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);
}
