using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class AllergyTestTests
{
    private const string Ingredient = "ing-vitamin-c";
    private const string Reacted = "ci-skin-test-reacted";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_test_given_today_needs_a_consent_that_names_its_ingredients(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();

        Assert.Contains("LotId", Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today)).Failure).Errors.Keys);
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        var applied = await ApplyAsync(scene, clinic.Today);

        Assert.Empty(applied.Must().ToAcknowledge);
        Assert.Null((await TestAsync(scene)).Negative);
    }

    [Theory]
    [OnSqlite]
    public async Task A_guardians_consent_does_not_speak_for_an_adult(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.Consents.Add(new Domain.Sessions.Consent
            {
                PatientId = scene.Patient, AppointmentId = scene.Appointment, TemplateVersion = "treatment-1", Text = "As signed years ago", Areas = ["forehead"], Technique = "tech-nappage",
                Ingredients = [Ingredient], SignedName = "Mother", SignedByGuardian = true, SignedUtc = TestClinic.Start.UtcDateTime.AddYears(-30), WitnessId = scene.Practitioner,
            });
            await db.SaveChangesAsync();
        });

        Assert.Contains("LotId", Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today)).Failure).Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    public async Task A_caution_is_acknowledged_before_the_test_is_recorded(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        await clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == scene.Patient).ExecuteUpdateAsync(p => p.SetProperty(x => x.Fitzpatrick, 4)));

        var open = (await ApplyAsync(scene, clinic.Today)).Must().ToAcknowledge;
        Assert.Equal(["ci-dark-phototype"], open.Select(finding => finding.Rule));
        Assert.DoesNotContain((await clinic.SendAsync(scene.Practitioner, new ListAllergyTests.Query { PatientId = scene.Patient })).Must(), test => test.Ingredient == Ingredient);

        Assert.Empty((await ApplyAsync(scene, clinic.Today, command => command.Acknowledged = ["ci-dark-phototype"])).Must().ToAcknowledge);
        Assert.Null((await TestAsync(scene)).Negative);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_test_dose_comes_from_a_lot_that_may_be_used(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        var (expired, recalled) = (await clinic.AddLotAsync(Ingredient, expires: clinic.Today.AddDays(-1)), await clinic.AddLotAsync(Ingredient, lot => (lot.RecalledUtc, lot.RecallReason) = (TestClinic.Start.UtcDateTime, "particles")));

        foreach (var lot in new Guid?[] { null, Guid.NewGuid(), expired, recalled })
        {
            Assert.Equal(["LotId"], Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today, command => command.LotId = lot)).Failure).Errors.Keys);
        }

        (await ApplyAsync(scene, clinic.Today)).Must();
        Assert.Contains("lot L-2604", (await TestAsync(scene)).Lot, StringComparison.Ordinal);
    }

    /// <summary>Without it nobody would tell this patient of the recall; on the day itself nobody can say whether the dose came before it.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_dose_given_before_a_recall_is_entered_after_it_also_when_the_shelf_is_cleared(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, manager) = (await SessionScene.SetAsync(clinic), await clinic.AddManagerAsync());
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        var lot = await clinic.AddLotAsync(Ingredient, ampoules: 1);
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles" })).Must();
        var version = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.Version;
        (await clinic.SendAsync(manager, new CorrectStock.Command { LotId = lot, Version = version, Reason = StockReason.Withdrawn, Ampoules = 1 })).Must();

        Assert.Equal(["LotId"], Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today, command => command.LotId = lot)).Failure).Errors.Keys);
        (await ApplyAsync(scene, clinic.Today.AddDays(-1), command => command.LotId = lot)).Must();

        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot })).Must().Patients).PatientId);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_dose_stays_with_its_patient_and_lot_whoever_asks_the_database(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteUpdateAsync(t => t.SetProperty(x => x.LotId, scene.Lot))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteDeleteAsync()));
        (await ReadAsync(scene, test, clinic.Today)).Must();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_a_physician_decided_for_the_test_counts_at_its_needle(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var booking = desk.Booking(AppointmentKind.AllergyTest, desk.Clinic.Today);
        var test = (await desk.SendAsync(booking, acknowledge: true)).Must();
        await desk.OverrideAsync(physician, test, Consulting.Keloid);
        var command = new ApplyAllergyTest.Command { PatientId = desk.Patient, AppointmentId = test, LotId = await desk.Clinic.AddLotAsync(SessionScene.Ingredient), AppliedOn = desk.Clinic.Today };

        Assert.IsType<Failure.Conflict>((await desk.SendAsync(command)).Failure);
        Assert.True((await CheckInTests.CheckInAsync(desk, test)).Must().CheckedIn);
        var consent = new SignConsent.Command { AppointmentId = test, Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [SessionScene.Ingredient], SignedName = "Hannah Lindqvist" };
        consent.Read = await desk.Clinic.ReadConsentAsync(desk.Irina, consent);
        (await desk.SendAsync(consent)).Must();
        (command.CommandId, command.AppointmentId) = (Guid.NewGuid(), null);
        Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(command)).Failure);
        (command.CommandId, command.AppointmentId) = (Guid.NewGuid(), test);
        Assert.Empty((await desk.SendAsync(command)).Must().ToAcknowledge);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_two_readings_at_once_the_second_does_not_overwrite_the_first(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);
        await clinic.InDatabaseAsync(async db =>
        {
            var seen = await db.AllergyTests.SingleAsync(t => t.Id == test);
            (await ReadAsync(scene, test, clinic.Today, negative: false)).Must();
            (seen.ReadOn, seen.Negative) = (clinic.Today, true);

            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_dose_of_an_earlier_day_is_recorded_with_what_stands_against_it_and_found_by_its_recall(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, manager) = (await SessionScene.SetAsync(clinic), await clinic.AddManagerAsync());
        await scene.OpenAsync();
        await FallsIllAsync(scene);
        var lot = await clinic.AddLotAsync(Ingredient, ampoules: 1, expires: clinic.Today.AddDays(-3));
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)));

        Assert.Contains("LotId", Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today)).Failure).Errors.Keys);
        var given = (await ApplyAsync(scene, clinic.Today.AddDays(-1), command => command.LotId = lot)).Must();

        Assert.Empty(given.ToAcknowledge);
        Assert.Contains(given.Against, why => why.Contains("expired", StringComparison.Ordinal));
        Assert.Contains(given.Against, why => why.StartsWith("No consent", StringComparison.Ordinal));
        Assert.Equal(3, given.Against.Count);
        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
        (await ReadAsync(scene, await clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.LotId == lot).Select(t => t.Id).SingleAsync()), clinic.Today, negative: false)).Must();
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles" })).Must();
        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot })).Must().Patients).PatientId);
    }

    [Theory]
    [OnSqlite]
    public async Task A_contraindication_keeps_the_test_needle_out(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Ingredient]);
        await FallsIllAsync(scene);

        Assert.IsType<Failure.Contraindicated>((await ApplyAsync(scene, clinic.Today)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_test_is_read_once_not_before_it_was_applied_and_not_in_the_future(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);

        Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today.AddDays(-4))).Failure);
        Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today.AddDays(1))).Failure);
        Assert.True((await ReadAsync(scene, test, clinic.Today)).Succeeded);
        Assert.IsType<Failure.Conflict>((await ReadAsync(scene, test, clinic.Today)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task No_reaction_is_read_only_when_a_late_one_would_show_a_reaction_at_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var test = await AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 1);

        Assert.Contains("2026-06-02", Assert.Single(Assert.IsType<Failure.Invalid>((await ReadAsync(scene, test, clinic.Today)).Failure).Errors["ReadOn"]), StringComparison.Ordinal);
        Assert.True((await ReadAsync(scene, test, clinic.Today, negative: false)).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_reaction_keeps_out_what_the_patient_had_before(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.AddSignedSessionAsync(scene.Patient, scene.Practitioner, clinic.Clock.GetUtcNow().AddDays(-60));
        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 4, negative: false);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Equal(Decision.ModifyPlan, refused.Decision);
        Assert.Contains(refused.Findings, finding => finding.Rule == Reacted);
    }

    [Theory]
    [OnSqlite]
    public async Task The_newest_test_of_an_ingredient_decides(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 90, negative: false);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task An_older_test_without_reaction_does_not_undo_a_newer_one_with(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await AddTestAsync(clinic, scene.Patient, scene.Practitioner, SessionScene.Ingredient, appliedDaysAgo: 4, negative: false);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Contains(refused.Findings, finding => finding.Rule == Reacted);
        Assert.Contains(refused.Findings, finding => finding.Rule == "ci-skin-test-missing");
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_reaction_turns_coming_treatments_into_tasks(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var booked = await desk.BookAsync();
        var test = await AddTestAsync(desk.Clinic, desk.Patient, desk.Irina, SessionScene.Ingredient, appliedDaysAgo: 0);

        (await desk.SendAsync(new ReadAllergyTest.Command { TestId = test, ReadOn = desk.Clinic.Today, Negative = false })).Must();

        Assert.True((await desk.Clinic.AppointmentAsync(booked)).Decision >= Decision.ModifyPlan);
        var task = Assert.Single((await desk.SendAsync(new ListSafetyTasks.Query())).Must().Tasks);
        Assert.Equal(SafetyTaskCause.TreatmentRecorded, task.Cause);
    }

    private static async Task<Outcome<ApplyAllergyTest.Result>> ApplyAsync(SessionScene scene, DateOnly day, Action<ApplyAllergyTest.Command>? change = null)
    {
        var command = new ApplyAllergyTest.Command { PatientId = scene.Patient, LotId = await scene.Clinic.AddLotAsync(Ingredient), AppliedOn = day };
        change?.Invoke(command);
        return await scene.Clinic.SendAsync(scene.Practitioner, command);
    }

    private static Task<Outcome<Done>> ReadAsync(SessionScene scene, Guid test, DateOnly day, bool negative = true) =>
        scene.Clinic.SendAsync(scene.Practitioner, new ReadAllergyTest.Command { TestId = test, ReadOn = day, Negative = negative });

    private static async Task<ListAllergyTests.TestRow> TestAsync(SessionScene scene) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new ListAllergyTests.Query { PatientId = scene.Patient })).Value!.Single(t => t.Ingredient == Ingredient);

    private static Task FallsIllAsync(SessionScene scene) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.FindAsync(scene.Patient);
        patient!.Conditions.Add(new Domain.Patients.PatientCondition { Icd10 = "G40.9", Title = "Epilepsy", NotedOn = scene.Clinic.Today });
        await db.SaveChangesAsync();
    });

    /// <summary>Read two days after it was applied, or not at all.</summary>
    private static Task<Guid> AddTestAsync(TestClinic clinic, Guid patient, Guid practitioner, string ingredient, int appliedDaysAgo, bool? negative = null) => clinic.InDatabaseAsync(async db =>
    {
        var applied = clinic.Today.AddDays(-appliedDaysAgo);
        var test = new AllergyTest { PatientId = patient, Ingredient = ingredient, AppliedOn = applied, ReadOn = negative is null ? null : applied.AddDays(2), Negative = negative, AppliedById = practitioner };
        db.AllergyTests.Add(test);
        await db.SaveChangesAsync();
        return test.Id;
    });
}
