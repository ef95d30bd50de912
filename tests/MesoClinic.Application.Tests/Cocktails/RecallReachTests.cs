using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

/// <summary>Whom a recall finds where the way was not the straight one, and what it orders.</summary>
public sealed class RecallReachTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_cream_before_a_session_that_was_given_up_is_found_by_its_recall(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, tube) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await TubeTests.ReadyAsync(clinic, tube);
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Fainted" })).Must();

        await RecallAsync(clinic, manager, tube);

        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = tube })).Must().Patients);
        Assert.Equal((scene.Patient, RecallReach.How.Cream), (row.PatientId, Assert.Single(row.Doses).How));
        Assert.Equal(1, (await clinic.SendAsync(manager, new GetLot.Query { LotId = tube })).Must().Sessions);
        (await clinic.SendAsync(manager, new RecordRecallContact.Command { LotId = tube, PatientId = scene.Patient, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone })).Must();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tube_that_is_replaced_because_it_was_recalled_or_had_expired_still_finds_its_patient(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, recalled, sound) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient), await clinic.AddLotAsync(Session.CreamIngredient));
        var expired = await clinic.AddLotAsync(Session.CreamIngredient, expires: clinic.Today.AddDays(-1));
        var scene = await TubeTests.ReadyAsync(clinic, recalled);
        await RecallAsync(clinic, manager, recalled);

        await scene.SaveAsync(draft => draft.CreamLotId = expired);
        await scene.SaveAsync(draft => draft.CreamLotId = recalled);
        await scene.SaveAsync(draft => (draft.AnaestheticCream, draft.CreamLotId) = (false, null));
        await scene.SaveAsync(draft => (draft.AnaestheticCream, draft.CreamLotId) = (true, sound));
        await scene.StartAsync();
        await RecallAsync(clinic, manager, expired);
        await RecallAsync(clinic, manager, sound);

        foreach (var lot in new[] { recalled, expired, sound })
        {
            var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot })).Must().Patients);
            Assert.Equal((scene.Patient, RecallReach.How.Cream), (row.PatientId, Assert.Single(row.Doses).How));
            Assert.Equal(1, (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Sessions);
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.ReplacedTubes.ExecuteDeleteAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tube_that_was_replaced_stands_in_the_record_and_is_part_of_what_is_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, recalled, sound) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await TubeTests.ReadyAsync(clinic, recalled);
        await RecallAsync(clinic, manager, recalled);
        await scene.SaveAsync(draft => draft.CreamLotId = sound);
        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Single(record.ReplacedTubes);
        Assert.True(record.HashHolds);

        Task AddAsync() => clinic.InDatabaseAsync(async db =>
        {
            db.ReplacedTubes.Add(new ReplacedTube { SessionId = scene.Session, LotId = sound, AtUtc = clinic.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        });
        await Assert.ThrowsAsync<DbUpdateException>(AddAsync);
        if (engine != Engine.Sqlite)
        {
            return;
        }

        await PastTheTriggers.RunAsync(clinic, "ReplacedTubes", "SELECT 1");
        await AddAsync();
        Assert.False((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().HashHolds);
    }

    /// <summary>Nothing ends the record of somebody who forgot it while the patient was checked in.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_cream_in_a_record_that_was_left_behind_before_the_needle_is_found_from_the_next_day_on(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, tube) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await TubeTests.ReadyAsync(clinic, tube);
        await RecallAsync(clinic, manager, tube);
        Assert.Empty((await clinic.SendAsync(manager, new GetRecall.Query { LotId = tube })).Must().Patients);

        clinic.Clock.Advance(TimeSpan.FromDays(1));

        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = tube })).Must().Patients);
        Assert.Equal((scene.Patient, RecallReach.How.Cream), (row.PatientId, Assert.Single(row.Doses).How));
        Assert.Equal(1, (await clinic.SendAsync(manager, new GetLot.Query { LotId = tube })).Must().Sessions);
        (await clinic.SendAsync(manager, new RecordRecallContact.Command { LotId = tube, PatientId = scene.Patient, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone })).Must();
    }

    /// <summary>Whoever chose the wrong row of the list has had nothing of it on the skin.</summary>
    [Theory]
    [OnSqlite]
    public async Task A_tube_that_may_be_used_and_is_changed_for_another_one_was_a_slip(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, wrong, right) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await TubeTests.ReadyAsync(clinic, wrong);
        await scene.SaveAsync(draft => draft.CreamLotId = right);
        await scene.StartAsync();

        await RecallAsync(clinic, manager, wrong);

        Assert.Empty((await clinic.SendAsync(manager, new GetRecall.Query { LotId = wrong })).Must().Patients);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Sql_cannot_take_the_tube_away_once_the_cream_was_on_the_skin(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var tube = await clinic.AddLotAsync(Session.CreamIngredient);
        var (started, left, prepared) = (await TubeTests.ReadyAsync(clinic, tube), await TubeTests.ReadyAsync(clinic, tube), await TubeTests.ReadyAsync(clinic, tube));
        await started.StartAsync();
        (await clinic.SendAsync(left.Practitioner, new AbortSession.Command { SessionId = left.Session, Version = left.Draft.Version, Reason = "Fainted" })).Must();

        foreach (var scene in new[] { started, left })
        {
            await RefusedAsync(sessions => sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.CreamLotId, (Guid?)null)));
            await RefusedAsync(sessions => sessions.ExecuteDeleteAsync());

            Task RefusedAsync(Func<IQueryable<Session>, Task> act) =>
                Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => act(db.Sessions.Where(s => s.Id == scene.Session))));
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == left.Session).ExecuteUpdateAsync(s => s.SetProperty(x => x.AbortedUtc, (DateTime?)null))));
        await clinic.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == prepared.Session).ExecuteUpdateAsync(s => s.SetProperty(x => x.CreamLotId, (Guid?)null)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_line_that_was_a_mistake_stops_nobody_and_a_cream_is_told_apart_from_the_syringe(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, tube, right) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient), await clinic.AddLotAsync(SessionScene.Ingredient));
        var scene = await TubeTests.ReadyAsync(clinic, tube);
        await scene.StartAsync();
        await RecallAsync(clinic, manager, scene.Lot);
        await RecallAsync(clinic, manager, tube);

        var both = (await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must();
        Assert.Equal([(scene.Lot, false), (tube, true)], both.Select(row => (row.LotId, row.IsCream)));

        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].Mistake = "The pack beside it was scanned.";
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = right, VolumeMl = 1, SealedAmpoules = 1 });
        });

        Assert.Equal(tube, Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must()).LotId);
        Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot })).Must().Patients);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_last_tube_can_be_noted_after_somebody_has_emptied_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (tube, other) = (await clinic.AddLotAsync(Session.CreamIngredient, ampoules: 1), await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: 1));
        await clinic.AddLotAsync(Session.CreamIngredient, expires: clinic.Today.AddDays(-1));
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == tube || l.Id == other).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)));
        var scene = await TubeTests.ReadyAsync(clinic, null);

        var lots = (await clinic.SendAsync(scene.Practitioner, new ListLots.Query { UsableOnly = true })).Must();

        Assert.Equal((tube, ListLots.LotState.UsedUp), (Assert.Single(lots, lot => lot.IsCream).Id, lots.Single(lot => lot.IsCream).State));
        Assert.DoesNotContain(lots, lot => lot.Id == other);
        await scene.SaveAsync(draft => draft.CreamLotId = tube);
        await scene.StartAsync();
    }

    /// <summary>Each session counts once, whatever the ways in which it used the lot.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_lot_counts_the_sessions_that_an_addendum_names(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, lot) = (await SessionScene.StartedAsync(clinic), await clinic.AddLotAsync(SessionScene.Ingredient));
        (await scene.TrySignAsync()).Must();
        foreach (var named in new[] { lot, lot, scene.Lot })
        {
            (await clinic.SendAsync(scene.Practitioner, new AddAddendum.Command { SessionId = scene.Session, Reason = "Wrong lot noted", Text = "It was this one.", LotId = named })).Must();
        }

        foreach (var used in new[] { lot, scene.Lot })
        {
            Assert.Equal(1, (await clinic.SendAsync(scene.Practitioner, new GetLot.Query { LotId = used })).Must().Sessions);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task The_printed_list_of_a_lot_that_is_not_recalled_is_no_list_and_leaves_no_trace(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new GetRecall.Query { LotId = scene.Lot, Sheet = true })).Must().Patients);

        await clinic.InDatabaseAsync(async db => Assert.False(await db.AuditEntries.AnyAsync(e => e.Action == GetRecall.SheetAction && e.PatientId != null)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Two_entries_of_one_lot_number_are_recalled_together(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, lot) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(SessionScene.Ingredient));
        var (twin, other) = await clinic.InDatabaseAsync(async db =>
        {
            var known = await db.Lots.SingleAsync(l => l.Id == lot);
            var added = new[] { "l 26-04", "L-2605" }.Select(number => new Lot { ProductId = known.ProductId, Number = number, ExpiresOn = known.ExpiresOn, ReceivedOn = known.ReceivedOn, AmpoulesReceived = 5, AmpoulesLeft = 5 }).ToList();
            db.Entry(db.Lots.Add(added[0]).Entity).Property(l => l.NumberKey).CurrentValue = $"L2604#{added[0].Id}";
            db.Lots.Add(added[1]);
            await db.SaveChangesAsync();
            return (added[0].Id, added[1].Id);
        });

        await RecallAsync(clinic, manager, lot);

        var recalled = await clinic.InDatabaseAsync(db => db.LotRecalls.Select(r => r.LotId).ToListAsync());
        Assert.Equal(new[] { lot, twin }.Order(), recalled.Order());
        Assert.DoesNotContain(other, recalled);

        (await clinic.SendAsync(manager, new LiftRecall.Command { LotId = twin, Reason = "The notice was for another product" })).Must();

        Assert.False(await clinic.InDatabaseAsync(db => db.Lots.AnyAsync(l => l.RecalledUtc != null)));
        Assert.False(await clinic.InDatabaseAsync(db => db.LotRecalls.AnyAsync(r => r.LiftedUtc == null)));
    }

    internal static async Task RecallAsync(TestClinic clinic, Guid manager, Guid lot) => (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles, notice 26-118" })).Must();
}
