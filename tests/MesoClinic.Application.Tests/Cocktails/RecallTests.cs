using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        foreach (var scene in new[] { begun, prepared })
        {
            await scene.TakeFromAsync(signed.Lot);
        }

        await begun.StartAsync();
        (await signed.TrySignAsync()).Must();
        var (stopped, tested) = (await StoppedAsync(clinic, signed.Lot), await SessionScene.ReadyAsync(clinic));
        await GiveTestAsync(tested, signed.Lot);
        await AddTestAsync(clinic, signed.Patient, signed.Lot, signed.Practitioner);

        Assert.Equal(4, (await clinic.SendAsync(manager, new GetRecall.Query { LotId = signed.Lot })).Must().Counts[GetRecall.Reached.All]);
        await RecallAsync(clinic, manager, signed.Lot);
        var list = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = signed.Lot })).Must();

        Assert.Equal(new[] { signed.Patient, begun.Patient, stopped, tested.Patient }.Order(), list.Patients.Select(p => p.PatientId).Order());
        Assert.DoesNotContain(list.Patients, p => p.PatientId == prepared.Patient || p.PatientId == other.Patient);
        Assert.Equal(2, Assert.Single(list.Patients, p => p.PatientId == signed.Patient).Doses.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task While_a_lot_is_not_recalled_only_ones_own_patients_are_named(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene, stranger) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));

        foreach (var other in new[] { manager, stranger })
        {
            var seen = (await clinic.SendAsync(other, new GetRecall.Query { LotId = scene.Lot })).Must();
            Assert.Equal((1, 0, 0), (seen.Counts[GetRecall.Reached.All], seen.Patients.Count, seen.Total));
            await clinic.InDatabaseAsync(async db => Assert.False(await db.AuditEntries.AnyAsync(e => e.UserId == other && e.PatientId == scene.Patient)));
        }

        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(scene.Practitioner, new GetRecall.Query { LotId = scene.Lot })).Must().Patients).PatientId);
        Assert.Empty((await clinic.SendAsync(stranger, new GetRecall.Query { LotId = scene.Lot, Sheet = true })).Must().Patients);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_entry_that_was_a_slip_is_taken_back_and_both_rows_stay(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        await RecallAsync(clinic, manager, scene.Lot);
        Assert.Contains("Nothing is written down", Assert.IsType<Failure.Conflict>((await ContactAsync(clinic, manager, scene, RecallOutcome.EnteredByMistake)).Failure).Message, StringComparison.Ordinal);
        (await ContactAsync(clinic, manager, scene, RecallOutcome.NotReached)).Must();
        (await ContactAsync(clinic, manager, scene, RecallOutcome.Acknowledged)).Must();

        (await ContactAsync(clinic, scene.Practitioner, scene, RecallOutcome.EnteredByMistake)).Must();

        Assert.Equal((1, 1, 0), await CountsAsync(clinic, manager, scene.Lot));
        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot })).Must().Patients);
        Assert.Equal((null, "Irina Volkova", 1), (row.Way, row.By, row.Attempts));
        await clinic.InDatabaseAsync(async db => Assert.Equal(3, await db.RecallContacts.CountAsync()));
        Assert.IsType<Failure.Conflict>((await ContactAsync(clinic, manager, scene, RecallOutcome.EnteredByMistake)).Failure);
        (await ContactAsync(clinic, manager, scene, RecallOutcome.Acknowledged)).Must();
        Assert.Equal((1, 0, 1), await CountsAsync(clinic, manager, scene.Lot));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whom_a_page_does_not_show_is_not_audited_and_the_printed_list_names_all_who_are_still_to_be_reached(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        for (var i = 0; i < GetRecall.PageSize; i++)
        {
            await AddTestAsync(clinic, await clinic.AddPatientAsync(), scene.Lot, scene.Practitioner);
        }

        await RecallAsync(clinic, manager, scene.Lot);
        var first = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot })).Must();
        Assert.Equal((GetRecall.PageSize, GetRecall.PageSize + 1), (first.Patients.Count, first.Total));
        Assert.Equal(GetRecall.PageSize, await ReadAsync(nameof(GetRecall)));
        var second = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot, PageNumber = 2 })).Must();
        Assert.DoesNotContain(Assert.Single(second.Patients).PatientId, first.Patients.Select(p => p.PatientId));
        Assert.Equal(GetRecall.PageSize + 1, await ReadAsync(nameof(GetRecall)));

        (await ContactAsync(clinic, manager, scene, RecallOutcome.Acknowledged)).Must();
        var sheet = (await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot, Sheet = true })).Must();
        Assert.Equal(GetRecall.PageSize, sheet.Patients.Count);
        Assert.DoesNotContain(sheet.Patients, p => p.PatientId == scene.Patient);
        Assert.Equal(GetRecall.PageSize, await ReadAsync(GetRecall.SheetAction));

        Task<int> ReadAsync(string action) => clinic.InDatabaseAsync(db => db.AuditEntries.Where(e => e.UserId == manager && e.Action == action && e.PatientId != null).Select(e => e.PatientId).Distinct().CountAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_trail_says_which_lot_was_recalled_received_or_corrected(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = await clinic.InDatabaseAsync(async db => (await db.Lots.FindAsync(await clinic.AddLotAsync(SessionScene.Ingredient)))!.ProductId);
        var lot = (await clinic.SendAsync(manager, new ReceiveLot.Command { ProductId = product, Number = "HA-26", ExpiresOn = clinic.Today.AddYears(1), ReceivedOn = clinic.Today, Ampoules = 5 })).Must();
        var version = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.Version;
        (await clinic.SendAsync(manager, new CorrectStock.Command { LotId = lot, Version = version, Reason = StockReason.Broken, Ampoules = 1 })).Must();
        await RecallAsync(clinic, manager, lot);

        var written = await clinic.InDatabaseAsync(db => db.AuditEntries.Where(e => e.RecordId == lot && e.Outcome == "Done").Select(e => e.Action).ToListAsync());
        Assert.Equal([nameof(CorrectStock), nameof(RecallLot), nameof(ReceiveLot)], written.Order(StringComparer.Ordinal));
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
        await RecallAsync(clinic, manager, scene.Lot);

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
    public async Task An_addendum_that_names_a_lot_brings_its_recall_to_the_patient(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene, used) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic), await clinic.AddLotAsync(SessionScene.Ingredient));
        (await scene.TrySignAsync()).Must();
        await RecallAsync(clinic, manager, used);
        var addendum = new AddAddendum.Command { SessionId = scene.Session, Reason = "Wrong lot", Text = "The lot was another one.", LotId = Guid.NewGuid() };
        Assert.Contains("not in the clinic's stock", Problem(await clinic.SendAsync(scene.Practitioner, addendum), "LotId"), StringComparison.Ordinal);

        (addendum.CommandId, addendum.LotId) = (Guid.NewGuid(), used);
        (await clinic.SendAsync(scene.Practitioner, addendum)).Must();

        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = used })).Must().Patients);
        Assert.Equal((scene.Patient, RecallReach.How.NamedInAddendum, scene.Session), (row.PatientId, Assert.Single(row.Doses).How, row.Doses[0].SessionId!.Value));
        (await clinic.SendAsync(manager, new RecordRecallContact.Command { LotId = used, PatientId = scene.Patient, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone })).Must();
        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(scene.Practitioner, new GetRecall.Query { LotId = scene.Lot })).Must().Patients).PatientId);
        Assert.EndsWith("lot L-2604", Assert.Single((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().Addenda).Lot, StringComparison.Ordinal);
    }

    internal static string Problem<T>(Outcome<T> outcome, string path) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);

    /// <returns>A patient whose session with this lot was stopped after its first injection.</returns>
    private static async Task<Guid> StoppedAsync(TestClinic clinic, Guid lot)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.TakeFromAsync(lot);
        await scene.StartAsync();
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "The patient felt faint" })).Must();
        return scene.Patient;
    }

    private static async Task GiveTestAsync(SessionScene scene, Guid lot) =>
        Assert.Empty((await scene.Clinic.SendAsync(scene.Practitioner, new ApplyAllergyTest.Command { PatientId = scene.Patient, LotId = lot, AppliedOn = scene.Clinic.Today })).Must().ToAcknowledge);

    internal static async Task RecallAsync(TestClinic clinic, Guid manager, Guid lot) => (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles, notice 26-118" })).Must();

    private static Task<Outcome<Done>> ContactAsync(TestClinic clinic, Guid by, SessionScene scene, RecallOutcome outcome) =>
        clinic.SendAsync(by, new RecordRecallContact.Command { LotId = scene.Lot, PatientId = scene.Patient, Outcome = outcome, Way = outcome == RecallOutcome.EnteredByMistake ? null : ContactWay.Phone });

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
