using System.Data.Common;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>From the first injection on a recall must find whoever may have received of a lot, whatever becomes of the record.</summary>
public sealed class BegunLinesTests
{
    /// <summary>A caution: two products of one substance in a cocktail.</summary>
    private const string TwoProducts = "tr-two-hyaluronic-acids";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_lot_that_the_injections_began_with_cannot_be_taken_out_or_exchanged_and_its_ampoules_do_not_go_back(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var other = await clinic.AddLotAsync(SessionScene.Ingredient);
        await scene.SaveAsync(draft => (draft.Lines[0].Ampoules, draft.Lines[0].SealedAmpoules) = (2, 2));
        await scene.StartAsync();

        Assert.Contains("stays there", Assert.IsType<Failure.Conflict>((await scene.TrySaveAsync(draft => draft.Lines.Clear())).Failure).Message, StringComparison.Ordinal);
        Assert.IsType<Failure.Conflict>((await scene.TrySaveAsync(draft => draft.Lines = [new SaveSessionDraft.Line { LotId = other, VolumeMl = 1, Ampoules = 2, SealedAmpoules = 2 }])).Failure);
        Assert.Contains("at least 2", Problem(await scene.TrySaveAsync(draft => draft.Lines = [new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 1, SealedAmpoules = 2 }]), "Lines[0].Ampoules"), StringComparison.Ordinal);

        var kept = Assert.Single((await scene.ReadDraftAsync()).Lines);
        Assert.Equal((scene.Lot, 2, true), (kept.LotId, kept.Ampoules, kept.IsBegun));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_line_entered_by_mistake_stays_in_the_record_its_hash_the_stock_and_the_recall(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        var right = await clinic.AddLotAsync(SessionScene.Ingredient);
        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].Mistake = "The pack beside it was scanned.";
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = right, VolumeMl = 1, SealedAmpoules = 1 });
        });

        (await scene.TrySignAsync()).Must();

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal(["The pack beside it was scanned.", null], record.Lines.Select(line => line.Mistake));
        Assert.True(record.HashHolds);
        foreach (var lot in new[] { scene.Lot, right })
        {
            (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles" })).Must();
            Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot })).Must().Patients).PatientId);
            Assert.Equal(19, (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.AmpoulesLeft);
        }

        if (engine == Engine.Sqlite)
        {
            await clinic.InDatabaseAsync(async db =>
            {
                await db.Database.ExecuteSqlRawAsync("DROP TRIGGER CocktailLines_signed_update");
                await db.Database.ExecuteSqlRawAsync("UPDATE CocktailLines SET Mistake = NULL");
            });
            Assert.False((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().HashHolds);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task What_was_entered_by_mistake_is_not_counted_and_something_else_must_have_been_injected(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        Assert.Contains("what it was", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].Mistake = "Wrong pack"), "Lines[0].Mistake"), StringComparison.Ordinal);
        Assert.Contains("how it came", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].Mistake = " "), "Lines[0].Mistake"), StringComparison.Ordinal);

        // Two lines of 1 ml would be more than a first session may take; one of them is none.
        var right = await clinic.AddLotAsync(SessionScene.Ingredient);
        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft =>
        {
            draft.Lines[0].Mistake = null;
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = right, VolumeMl = 1, SealedAmpoules = 1 });
        })).Failure);
        await scene.SaveAsync(draft => draft.Lines[0].Mistake = "Wrong pack");
        await clinic.InDatabaseAsync(async db => Assert.Equal(1, (await db.Sessions.Include(s => s.Cocktail).SingleAsync()).VolumeTotalMl));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task After_a_recall_during_the_session_nothing_more_of_the_lot_is_recorded_and_what_was_injected_is(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        var fresh = await clinic.AddLotAsync(SessionScene.Ingredient);
        clinic.Clock.Advance(TimeSpan.FromMinutes(3));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();

        Assert.Contains("is recalled", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.1m), "Lines[0].LotId"), StringComparison.Ordinal);
        Assert.Contains("was recalled after", Problem(await scene.TrySaveAsync(draft => (draft.Lines[0].VolumeMl, draft.Areas) = (1, ["forehead", "cheeks"])), "Areas"), StringComparison.Ordinal);
        Assert.IsType<Failure.Conflict>((await scene.TrySaveAsync(draft => (draft.Areas, draft.Lines) = (["forehead"], []))).Failure);

        scene.Draft.Lines = (await scene.ReadDraftAsync()).Lines;
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.5m);
        Assert.Contains((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Warnings, w => w.Contains("Inject nothing more of it", StringComparison.Ordinal));
        await scene.SaveAsync(draft =>
        {
            draft.Acknowledged = [TwoProducts];
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = fresh, VolumeMl = 0.4m, SealedAmpoules = 1 });
        });
        (await scene.TrySignAsync()).Must();

        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = scene.Lot })).Must().Patients).PatientId);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_said_of_the_ampoules_is_said_anew_for_each_that_comes_later(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var (second, third) = (await clinic.AddLotAsync(SessionScene.Ingredient), await clinic.AddLotAsync(SessionScene.Ingredient));
        await scene.SaveAsync(draft => (draft.Acknowledged, draft.Lines) = ([TwoProducts], [.. draft.Lines, new SaveSessionDraft.Line { LotId = second, VolumeMl = 0.05m }]));
        Assert.Contains("ampouleOpenedBefore", Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment.Missing);
        await scene.SaveAsync(draft => draft.ConfirmSealed());
        await scene.SaveAsync(draft => draft.Lines[1].LotId = third);
        Assert.False(scene.Draft.NewSealedAmpoules);
        await scene.SaveAsync(draft => draft.ConfirmSealed());
        await scene.StartAsync();

        Assert.Contains("confirm again", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].Ampoules = 2), "NewSealedAmpoules"), StringComparison.Ordinal);
        Assert.Contains("confirm again", Problem(await scene.TrySaveAsync(draft => (draft.Lines[0].Ampoules, draft.Lines) = (1, [.. draft.Lines, new SaveSessionDraft.Line { LotId = second, VolumeMl = 0.05m }])), "NewSealedAmpoules"), StringComparison.Ordinal);

        await scene.SaveAsync(draft => draft.ConfirmSealed());
        Assert.True((await scene.ReadDraftAsync()).NewSealedAmpoules);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Sql_cannot_take_a_begun_line_its_lot_its_ampoules_or_its_patient_away(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var (lot, patient) = (await clinic.AddLotAsync(SessionScene.Ingredient), await clinic.AddPatientAsync());
        foreach (var act in new Func<ClinicDbContext, Task>[]
        {
            db => db.CocktailLines.ExecuteDeleteAsync(),
            db => db.CocktailLines.ExecuteUpdateAsync(l => l.SetProperty(x => x.LotId, lot)),
            db => db.CocktailLines.ExecuteUpdateAsync(l => l.SetProperty(x => x.Ampoules, 0)),
            db => db.CocktailLines.ExecuteUpdateAsync(l => l.SetProperty(x => x.BegunUtc, (DateTime?)null)),
            db => db.CocktailLines.ExecuteUpdateAsync(l => l.SetProperty(x => x.PatientId, patient)),
            db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.StartedUtc, (DateTime?)null)),
            db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.PatientId, patient)),
            db => db.Sessions.ExecuteDeleteAsync(),
            db => db.Lots.Where(l => l.Id == scene.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)),
            db => db.Lots.Where(l => l.Id == scene.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesOpen, 21)),
            db => db.Lots.Where(l => l.Id == scene.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesOpen, -1)),
            db => AddLineAsync(db, scene.Session, lot, null),
            db => AddLineAsync(db, scene.Session, lot, patient),
        })
        {
            await clinic.InDatabaseAsync(async db =>
            {
                var thrown = await Record.ExceptionAsync(() => act(db));
                Assert.IsAssignableFrom<DbException>(thrown as DbException ?? thrown?.InnerException);
            });
        }

        await clinic.InDatabaseAsync(db => db.CocktailLines.ExecuteUpdateAsync(l => l.SetProperty(x => x.VolumeMl, 0.9m).SetProperty(x => x.Mistake, "Wrong pack")));
    }

    [Theory]
    [OnSqlite]
    public async Task A_line_that_does_not_count_opens_nothing_more_and_its_lot_comes_in_anew(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var right = await clinic.AddLotAsync(SessionScene.Ingredient);
        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].Mistake = "Wrong pack";
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = right, VolumeMl = 0.4m, SealedAmpoules = 1 });
        });

        Assert.Contains("does not count", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].Ampoules = 2), "Lines[0].Ampoules"), StringComparison.Ordinal);
        await scene.SaveAsync(draft =>
        {
            (draft.Lines[0].Ampoules, draft.Acknowledged) = (1, [TwoProducts]);
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.1m, SealedAmpoules = 1 });
        });

        (await scene.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(async db =>
        {
            Assert.Equal(0.5m, (await db.Sessions.Include(s => s.Cocktail).SingleAsync()).VolumeTotalMl);
            Assert.Equal(18, (await db.Lots.SingleAsync(l => l.Id == scene.Lot)).AmpoulesLeft);
        });
    }

    private static string Problem<T>(Outcome<T> outcome, string path) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);

    private static Task<int> AddLineAsync(ClinicDbContext db, Guid session, Guid lot, Guid? patient)
    {
        db.CocktailLines.Add(new Domain.Sessions.CocktailLine { SessionId = session, Position = 1, LotId = lot, VolumeMl = 1, Ampoules = 1, PatientId = patient, BegunUtc = patient is null ? null : TestClinic.Start.UtcDateTime });
        return db.SaveChangesAsync();
    }
}
