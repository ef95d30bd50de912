using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class RecallTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Every_patient_who_received_of_a_lot_is_found_once_and_nobody_else(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (signed, begun, prepared, other) = (await SessionScene.StartedAsync(clinic), await SessionScene.ReadyAsync(clinic), await SessionScene.ReadyAsync(clinic), await SessionScene.StartedAsync(clinic));
        await begun.SaveAsync(draft => draft.Lines[0].LotId = signed.Lot);
        await prepared.SaveAsync(draft => draft.Lines[0].LotId = signed.Lot);
        await begun.StartAsync();
        (await signed.TrySignAsync()).Must();
        var tested = await clinic.AddPatientAsync();
        await AddTestAsync(clinic, tested, signed.Lot, signed.Practitioner);
        await AddTestAsync(clinic, signed.Patient, signed.Lot, signed.Practitioner);

        var list = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = signed.Lot })).Must();

        Assert.Equal(new[] { signed.Patient, begun.Patient, tested }.Order(), list.Patients.Select(p => p.PatientId).Order());
        Assert.DoesNotContain(list.Patients, p => p.PatientId == prepared.Patient || p.PatientId == other.Patient);
        Assert.Equal(2, Assert.Single(list.Patients, p => p.PatientId == signed.Patient).Doses.Count);
        Assert.Null(list.RecalledAt);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_recall_goes_on_until_every_patient_has_acknowledged(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        await RecallAsync(clinic, manager, scene.Lot);

        Assert.Equal((1, 1, 0), await CountsAsync(clinic, manager, scene.Lot));
        (await ContactAsync(clinic, manager, scene, RecallOutcome.NotReached)).Must();
        (await ContactAsync(clinic, scene.Practitioner, scene, RecallOutcome.Acknowledged)).Must();

        Assert.Equal((1, 0, 1), await CountsAsync(clinic, manager, scene.Lot));
        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot, Show = GetRecall.Reached.Acknowledged })).Must().Patients);
        Assert.Equal((ContactWay.Phone, 2), (row.Way!.Value, row.Attempts));
        Assert.Contains("already", Assert.IsType<Failure.Conflict>((await ContactAsync(clinic, manager, scene, RecallOutcome.NotReached)).Failure).Message, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task Only_whom_the_lot_reached_can_be_written_down(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene, stranger) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic), await clinic.AddPatientAsync());
        await RecallAsync(clinic, manager, scene.Lot);

        var refused = await clinic.SendAsync(manager, new RecordRecallContact.Command { LotId = scene.Lot, PatientId = stranger, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone });

        Assert.IsType<Failure.NotFound>(refused.Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_contact_list_is_written_into_the_trail_of_every_patient_on_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));

        (await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot })).Must();

        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.UserId == manager && e.PatientId == scene.Patient && e.Action == nameof(GetRecall))));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_mistaken_recall_is_taken_back_with_its_reason_and_stays_on_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        await RecallAsync(clinic, manager, scene.Lot);
        (await ContactAsync(clinic, manager, scene, RecallOutcome.Acknowledged)).Must();

        (await clinic.SendAsync(manager, new LiftRecall.Command { LotId = scene.Lot, Reason = "The notice named HA-2640" })).Must();

        var view = (await clinic.SendAsync(manager, new GetLot.Query { LotId = scene.Lot })).Must();
        Assert.Equal(ListLots.LotState.Usable, view.Lot.State);
        Assert.Equal("The notice named HA-2640", Assert.Single(view.Recalls).LiftReason);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(manager, new LiftRecall.Command { LotId = scene.Lot, Reason = "again" })).Failure);
        await clinic.InDatabaseAsync(async db => Assert.Equal("The notice named HA-2640", (await db.AuditEntries.SingleAsync(e => e.Action == "LiftRecall" && e.Outcome == "Done")).Reason));

        // A second recall starts its own list.
        await RecallAsync(clinic, manager, scene.Lot);
        Assert.Equal((1, 1, 0), await CountsAsync(clinic, manager, scene.Lot));
        Assert.Equal(2, (await clinic.SendAsync(manager, new GetLot.Query { LotId = scene.Lot })).Must().Recalls.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_recalled_lot_is_refused_at_the_start_after_it_for_a_test_dose_and_in_the_stock(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (ready, begun) = (await SessionScene.ReadyAsync(clinic), await SessionScene.StartedAsync(clinic));
        await RecallAsync(clinic, manager, ready.Lot);

        Assert.Contains("is recalled", Problem(await ready.TryStartAsync(), "Lines[0].LotId"), StringComparison.Ordinal);
        Assert.Contains("is recalled", Problem(await begun.TrySaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = ready.Lot, VolumeMl = 0.1m })), "Lines[1].LotId"), StringComparison.Ordinal);
        var dose = await clinic.SendAsync(begun.Practitioner, new ApplyAllergyTest.Command { PatientId = begun.Patient, LotId = ready.Lot, AppliedOn = clinic.Today });
        Assert.Contains("is recalled", Problem(dose, "LotId"), StringComparison.Ordinal);
        Assert.DoesNotContain((await clinic.SendAsync(manager, new ListLots.Query { UsableOnly = true })).Must(), l => l.Id == ready.Lot);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_record_in_work_is_flagged_and_one_whose_injections_began_can_still_be_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (ready, begun) = (await SessionScene.ReadyAsync(clinic), await SessionScene.StartedAsync(clinic));
        await RecallAsync(clinic, manager, ready.Lot);
        await RecallAsync(clinic, manager, begun.Lot);

        var mine = (await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must();
        Assert.Equal([(ready.Session, false), (begun.Session, true)], mine.OrderBy(row => row.Started).Select(row => (row.SessionId!.Value, row.Started)));
        Assert.Equal("L-2604", mine.Single(row => row.SessionId == ready.Session).Number);
        Assert.All((await clinic.SendAsync(manager, new ListRecalledPlans.Query())).Must(), row => Assert.Null(row.Product));

        (await begun.TrySignAsync()).Must();
        await ready.SaveAsync(draft => draft.Lines.Clear());
        Assert.DoesNotContain((await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must(), row => row.SessionId is not null);
        Assert.Equal(begun.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = begun.Lot })).Must().Patients).PatientId);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_booked_session_is_flagged_once_nothing_usable_is_left_of_what_it_plans(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.SetAsync(clinic));
        await RecallAsync(clinic, manager, scene.Lot);

        var row = Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must());
        Assert.Equal((scene.Appointment, null, scene.Patient), (row.AppointmentId, row.SessionId, row.PatientId));

        await clinic.AddLotAsync(SessionScene.Ingredient);
        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must());
    }

    private static string Problem<T>(Outcome<T> outcome, string path) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);

    private static async Task RecallAsync(TestClinic clinic, Guid manager, Guid lot) => (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles, notice 26-118" })).Must();

    private static Task<Outcome<Done>> ContactAsync(TestClinic clinic, Guid by, SessionScene scene, RecallOutcome outcome) =>
        clinic.SendAsync(by, new RecordRecallContact.Command { LotId = scene.Lot, PatientId = scene.Patient, Outcome = outcome, Way = ContactWay.Phone });

    private static async Task<(int All, int ToReach, int Acknowledged)> CountsAsync(TestClinic clinic, Guid manager, Guid lot)
    {
        var counts = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot })).Must().Counts;
        return (counts[GetRecall.Reached.All], counts[GetRecall.Reached.ToReach], counts[GetRecall.Reached.Acknowledged]);
    }

    private static Task AddTestAsync(TestClinic clinic, Guid patient, Guid lot, Guid by) => clinic.InDatabaseAsync(async db =>
    {
        db.AllergyTests.Add(new AllergyTest { PatientId = patient, Ingredient = SessionScene.Ingredient, LotId = lot, AppliedOn = clinic.Today, AppliedById = by });
        await db.SaveChangesAsync();
    });
}
