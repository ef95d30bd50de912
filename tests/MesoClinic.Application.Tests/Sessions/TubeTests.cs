using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>The tube that an anaesthetic cream comes from.</summary>
public sealed class TubeTests
{
    private const string Gap = "Lot of the anaesthetic cream";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_recall_of_the_cream_finds_whoever_had_it_on_the_skin_and_flags_the_records_in_work(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, tube) = (await clinic.AddManagerAsync(), await clinic.AddLotAsync(Session.CreamIngredient));
        var (treated, prepared, other) = (await ReadyAsync(clinic, tube), await ReadyAsync(clinic, tube), await ReadyAsync(clinic, await clinic.AddLotAsync(Session.CreamIngredient)));
        await treated.StartAsync();
        await other.StartAsync();

        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = tube, Reason = "particles, notice 26-118" })).Must();

        var row = Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = tube })).Must().Patients);
        Assert.Equal((treated.Patient, RecallReach.How.Cream, treated.Session), (row.PatientId, Assert.Single(row.Doses).How, row.Doses[0].SessionId!.Value));
        (await clinic.SendAsync(manager, new RecordRecallContact.Command { LotId = tube, PatientId = treated.Patient, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone })).Must();
        Assert.Equal(1, (await clinic.SendAsync(manager, new GetLot.Query { LotId = tube })).Must().Sessions);
        var plans = (await clinic.SendAsync(manager, new ListRecalledPlans.Query { LotId = tube })).Must();
        Assert.Equal(new[] { (treated.Patient, true), (prepared.Patient, false) }.Order(), plans.Select(plan => (plan.PatientId, plan.Started)).Order());
        (await treated.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_cream_that_is_recalled_or_expired_stops_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (recalled, expired) = (await clinic.AddLotAsync(Session.CreamIngredient, lot => (lot.RecalledUtc, lot.RecallReason) = (clinic.Clock.GetUtcNow().UtcDateTime, "particles")), await clinic.AddLotAsync(Session.CreamIngredient, expires: clinic.Today.AddDays(-1)));
        var scene = await ReadyAsync(clinic, recalled);

        Assert.StartsWith("Lot L-2604 is recalled (particles). Wipe off", Problem(await scene.TryStartAsync()), StringComparison.Ordinal);
        await scene.SaveAsync(draft => draft.CreamLotId = expired);
        Assert.Contains("expired", Problem(await scene.TryStartAsync()), StringComparison.Ordinal);
        Assert.Contains("no anaesthetic cream", Problem(await scene.TrySaveAsync(draft => draft.CreamLotId = scene.Lot)), StringComparison.Ordinal);
        Assert.Contains("not in the clinic's stock", Problem(await scene.TrySaveAsync(draft => draft.CreamLotId = Guid.NewGuid())), StringComparison.Ordinal);
        var sound = await clinic.AddLotAsync(Session.CreamIngredient);
        await scene.SaveAsync(draft => draft.CreamLotId = sound);
        await scene.StartAsync();
    }

    /// <summary>Between the look at the record and its ampoules another person recalled it: the row decides.</summary>
    [Theory]
    [OnSqlite]
    public async Task A_cream_that_is_recalled_in_this_moment_stops_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await ReadyAsync(clinic, await clinic.AddLotAsync(Session.CreamIngredient));
        clinic.Database.Meanwhile("UPDATE \"Lots\"", "UPDATE Lots SET RecalledUtc = '2026-06-01 08:00:00', RecallReason = 'particles' WHERE Id IN (SELECT CreamLotId FROM Sessions)");

        Assert.StartsWith("Lot L-2604 is recalled (particles). Wipe off", Problem(await scene.TryStartAsync()), StringComparison.Ordinal);

        await scene.StartAsync();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Without_its_lot_the_cream_is_a_gap_that_does_not_keep_the_record_from_being_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (without, with) = (await ReadyAsync(clinic, null), await ReadyAsync(clinic, await clinic.AddLotAsync(Session.CreamIngredient)));
        await without.StartAsync();
        await with.StartAsync();

        Assert.False(Assert.Single(await GapsAsync(without), gap => gap.What == Gap).Needed);
        Assert.DoesNotContain(await GapsAsync(with), gap => gap.What == Gap);
        (await without.TrySignAsync()).Must();
        Assert.Null((await ReadAsync(without)).Tube);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_tube_stays_as_it_was_at_the_start_and_is_signed_with_the_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (tube, other) = (await clinic.AddLotAsync(Session.CreamIngredient), await clinic.AddLotAsync(Session.CreamIngredient));
        var scene = await ReadyAsync(clinic, tube);
        await scene.StartAsync();
        await scene.SaveAsync(draft => draft.CreamLotId = other);
        Assert.Equal(tube, (await scene.ReadDraftAsync()).CreamLotId);
        (await scene.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(db => db.Products.ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, x => "Renamed " + x.Name)));

        var record = await ReadAsync(scene);

        Assert.StartsWith("Anaesthetic cream", record.Tube!.Product, StringComparison.Ordinal);
        Assert.Equal(("L-2604", true), (record.Tube.Lot, record.HashHolds));
        if (engine == Engine.Sqlite)
        {
            await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update; DROP TRIGGER Sessions_begun_update"));
            await clinic.InDatabaseAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.CreamLotId, other)));
            Assert.False((await ReadAsync(scene)).HashHolds);
            await clinic.InDatabaseAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.CreamLotId, tube)));
            Assert.True((await ReadAsync(scene)).HashHolds);
        }
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tube_leaves_the_stock_only_when_it_is_empty_and_never_keeps_a_record_from_being_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var tube = await clinic.AddLotAsync(Session.CreamIngredient, ampoules: 1);
        var (first, second, third) = (await ReadyAsync(clinic, tube), await ReadyAsync(clinic, tube), await ReadyAsync(clinic, tube));
        foreach (var scene in new[] { first, second, third })
        {
            await scene.StartAsync();
        }

        (await first.TrySignAsync()).Must();
        Assert.Equal(1, await LeftAsync());
        await second.SaveAsync(draft => draft.CreamTubeEmpty = true);
        await third.SaveAsync(draft => draft.CreamTubeEmpty = true);
        (await second.TrySignAsync()).Must();
        Assert.Equal(0, await LeftAsync());
        (await third.TrySignAsync()).Must();

        Assert.Equal(0, await LeftAsync());
        Assert.True((await ReadAsync(third)).HashHolds);

        Task<int> LeftAsync() => clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == tube).Select(l => l.AmpoulesLeft).SingleAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_cream_is_never_mixed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, tube) = (await SessionScene.ReadyAsync(clinic), await clinic.AddLotAsync(Session.CreamIngredient));
        var product = await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == tube).Select(l => l.ProductId).SingleAsync());

        var refused = await scene.TrySaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = tube, VolumeMl = 1 }));
        Assert.Equal("This is a cream: choose it under Prepare.", Problem(refused, "Lines[1].LotId"));
        Assert.All((await clinic.SendAsync(scene.Practitioner, new FindForMixing.Query { Text = "cream" })).Must(), item => Assert.Equal(SessionReview.CreamPlace, item.Refusal));
        var lots = (await clinic.SendAsync(scene.Practitioner, new ListLots.Query { UsableOnly = true })).Must();
        Assert.Equal(tube, Assert.Single(lots, lot => lot.IsCream).Id);
        Assert.Empty(RecipeFill.Of([new RecipeLine(product, null, 1)], lots, (await clinic.SendAsync(scene.Practitioner, new ListProducts.Query())).Must()).Lines);
        Assert.Contains("never mixed", Problem(await clinic.SendAsync(scene.Practitioner, new SaveRecipe.Command { Name = "Mine", Lines = [new SaveRecipe.Line { ProductId = product }] }), "Lines[0].ProductId"), StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task A_cream_is_a_product_of_its_own(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var form = new AddProduct.Command { Name = "Numbing cream 5 %", Ingredients = [new() { Ingredient = Session.CreamIngredient }, new() { Ingredient = SessionScene.Ingredient }] };

        Assert.Contains("product of its own", Problem(await clinic.SendAsync(manager, form), nameof(AddProduct.Command.Ingredients)), StringComparison.Ordinal);
        (form.CommandId, form.Ingredients) = (Guid.NewGuid(), [new() { Ingredient = Session.CreamIngredient }]);
        (await clinic.SendAsync(manager, form)).Must();
    }

    /// <summary>A cream that was tested and agreed to, out of this tube.</summary>
    internal static async Task<SessionScene> ReadyAsync(TestClinic clinic, Guid? tube)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = Session.CreamIngredient, AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        await scene.SaveAsync(draft => (draft.AnaestheticCream, draft.CreamLotId) = (true, tube));
        await scene.SignConsentAsync(c => c.Ingredients.Add(Session.CreamIngredient));
        await scene.SignConsentAsync(c => (c.Kind, c.Ingredients) = (ConsentKind.Anaesthetic, [Session.CreamIngredient]));
        return scene;
    }

    private static async Task<IReadOnlyList<SessionGap>> GapsAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps;

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();

    private static string Problem<T>(Outcome<T> outcome, string path = nameof(SaveSessionDraft.Command.CreamLotId)) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);
}
