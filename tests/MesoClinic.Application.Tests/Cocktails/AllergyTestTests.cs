using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class AllergyTestTests
{
    private const string Ingredient = "ing-vitamin-c";

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

    /// <summary>Between the look at the lot and the ampoule another person recalled it: the row decides.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_a_lot_that_was_recalled_this_moment_no_ampoule_is_taken_to_be_injected(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var lot = await clinic.AddLotAsync(Ingredient, with => (with.RecalledUtc, with.RecallReason) = (TestClinic.Start.UtcDateTime, "particles"));
        await using var scope = clinic.Scope();

        Assert.False(await scope.ServiceProvider.GetRequiredService<Stock>().TakeAsync(lot, 1, StockReason.TestDose, null, toInject: true, default));

        Assert.Equal(20, await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == lot).Select(l => l.AmpoulesLeft).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task Nor_is_a_cream_tested_that_was_recalled_this_moment(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SignConsentAsync(c => c.Ingredients = [Session.CreamIngredient]);
        var tube = await clinic.AddLotAsync(Session.CreamIngredient);
        clinic.Database.Meanwhile("UPDATE \"Lots\"", "UPDATE Lots SET RecalledUtc = '2026-06-01 08:00:00', RecallReason = 'particles'");

        var refused = Assert.IsType<Failure.Invalid>((await ApplyAsync(scene, clinic.Today, command => command.LotId = tube)).Failure);

        Assert.Equal(["Lot L-2604 is recalled (particles). It must not be used."], refused.Errors["LotId"]);
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
        var test = await AllergyTestReadingTests.AddTestAsync(clinic, scene.Patient, scene.Practitioner, Ingredient, appliedDaysAgo: 3);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteUpdateAsync(t => t.SetProperty(x => x.LotId, scene.Lot))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteDeleteAsync()));
        (await AllergyTestReadingTests.ReadAsync(scene, test, clinic.Today)).Must();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteUpdateAsync(t => t.SetProperty(x => x.Negative, false))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.Id == test).ExecuteUpdateAsync(t => t.SetProperty(x => x.ReadOn, (DateOnly?)null))));
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
        (command.CommandId, command.AppointmentId, command.AppliedOn) = (Guid.NewGuid(), test, desk.Clinic.Today.AddDays(-1));
        Assert.Equal(["AppliedOn"], Assert.IsType<Failure.Invalid>((await desk.SendAsync(command)).Failure).Errors.Keys);
        (command.CommandId, command.AppliedOn) = (Guid.NewGuid(), desk.Clinic.Today);
        Assert.Empty((await desk.SendAsync(command)).Must().ToAcknowledge);
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
        Assert.Equal("A dose of an earlier day; against it today: lot, consent, assessment.", await clinic.InDatabaseAsync(db => db.AuditEntries.Where(e => e.RecordId == lot && e.Action == "ApplyAllergyTest").Select(e => e.Reason).SingleAsync()));
        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
        (await AllergyTestReadingTests.ReadAsync(scene, await clinic.InDatabaseAsync(db => db.AllergyTests.Where(t => t.LotId == lot).Select(t => t.Id).SingleAsync()), clinic.Today, negative: false)).Must();
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

    private static async Task<Outcome<ApplyAllergyTest.Result>> ApplyAsync(SessionScene scene, DateOnly day, Action<ApplyAllergyTest.Command>? change = null)
    {
        var command = new ApplyAllergyTest.Command { PatientId = scene.Patient, LotId = await scene.Clinic.AddLotAsync(Ingredient), AppliedOn = day };
        change?.Invoke(command);
        return await scene.Clinic.SendAsync(scene.Practitioner, command);
    }

    private static async Task<ListAllergyTests.TestRow> TestAsync(SessionScene scene) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new ListAllergyTests.Query { PatientId = scene.Patient })).Value!.Single(t => t.Ingredient == Ingredient);

    private static Task FallsIllAsync(SessionScene scene) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.FindAsync(scene.Patient);
        patient!.Conditions.Add(new Domain.Patients.PatientCondition { Icd10 = "G40.9", Title = "Epilepsy", NotedOn = scene.Clinic.Today });
        await db.SaveChangesAsync();
    });
}
