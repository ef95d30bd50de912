using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class StockTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whoever_breaks_an_ampoule_writes_it_down_and_nothing_else_of_the_stock(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (me, lot) = (await clinic.AddCosmetologistAsync(), await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: 3));

        (await clinic.SendAsync(me, new NoteBrokenAmpoules.Command { LotId = lot, Ampoules = 1 })).Must();

        var view = (await clinic.SendAsync(me, new GetLot.Query { LotId = lot })).Must();
        Assert.Equal((2, StockReason.Broken, -1, "Irina Volkova"), (view.Lot.AmpoulesLeft, view.Movements[0].Reason, view.Movements[0].Change, view.Movements[0].By));
        await clinic.InDatabaseAsync(async db => Assert.True(await db.AuditEntries.AnyAsync(e => e.UserId == me && e.RecordId == lot && e.Action == nameof(NoteBrokenAmpoules) && e.Outcome == "Done")));
        Assert.Contains("Ampoules", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(me, new NoteBrokenAmpoules.Command { LotId = lot, Ampoules = 3 })).Failure).Errors.Keys);
        Assert.IsType<Failure.Invalid>((await clinic.SendAsync(me, new NoteBrokenAmpoules.Command { LotId = lot, Ampoules = 11 })).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(me, new CorrectStock.Command { LotId = lot, Version = view.Lot.Version, Reason = StockReason.Broken, Ampoules = 1 })).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(await clinic.AddManagerAsync(), new NoteBrokenAmpoules.Command { LotId = lot })).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_manager_is_told_how_many_lots_expire_soon_and_how_many_have(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        foreach (var (days, ampoules) in new[] { (-1, 2), (-1, 0), (0, 1), (30, 1), (31, 1), (5, 0) })
        {
            await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: ampoules, expires: clinic.Today.AddDays(days));
        }

        Assert.Equal(new GetShelfWarnings.Warnings(2, 1), (await clinic.SendAsync(await clinic.AddManagerAsync(), new GetShelfWarnings.Query())).Must());
    }

    /// <summary>Between the look at the lot and its being counted anew another person entered a delivery.</summary>
    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(1, 3, 2)]
    public async Task Where_a_delivery_comes_while_used_ampoules_are_counted_anew_none_of_it_is_lost(int delivered, int left, int? counted)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var lot = await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: 0);
        await using var scope = clinic.Scope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Is(Guid.NewGuid(), null, "test");
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        clinic.Database.Meanwhile("SET \"AmpoulesLeft\"", $"UPDATE Lots SET AmpoulesLeft = AmpoulesLeft + {delivered}");

        await scope.ServiceProvider.GetRequiredService<Stock>().OpenUsedAsync(lot, 3, Guid.NewGuid(), default);

        Assert.Equal((left, 3), await db.Lots.Select(l => new ValueTuple<int, int>(l.AmpoulesLeft, l.AmpoulesOpen)).SingleAsync());
        Assert.Equal(counted, db.StockMovements.Local.SingleOrDefault()?.Change);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Every_change_of_the_stock_stands_in_its_history(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var lot = await ReceiveAsync(clinic, manager, await ProductOfAsync(clinic), "HA-2604");

        (await CorrectAsync(clinic, manager, lot, StockReason.Broken, 2)).Must();
        (await CorrectAsync(clinic, manager, lot, StockReason.Counted, 9)).Must();

        var view = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must();
        Assert.Equal([(StockReason.Counted, 1, 9), (StockReason.Broken, -2, 8), (StockReason.Received, 10, 10)], view.Movements.Select(m => (m.Reason, m.Change, m.Left)));
        Assert.Equal(9, view.Lot.AmpoulesLeft);
        Assert.All(view.Movements, m => Assert.Equal("Sofia Brandt", m.By));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_number_written_otherwise_is_the_same_lot_and_another_product_may_have_it_too(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (product, other) = (await ProductOfAsync(clinic), await ProductOfAsync(clinic));

        var lot = await ReceiveAsync(clinic, manager, product, "HA-2604");

        Assert.Equal(lot, await ReceiveAsync(clinic, manager, product, " ha 2604"));
        Assert.NotEqual(lot, await ReceiveAsync(clinic, manager, other, "HA-2604"));
        Assert.Equal(20, (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.AmpoulesLeft);
    }

    [Theory]
    [OnSqlite]
    public async Task A_correction_that_cannot_be_true_is_refused_beside_its_field(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var lot = await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: 5);

        Assert.Contains("Only 5 are left", Problem(await CorrectAsync(clinic, manager, lot, StockReason.Broken, 6), "Ampoules"), StringComparison.Ordinal);
        Assert.Contains("may be used until", Problem(await CorrectAsync(clinic, manager, lot, StockReason.Expired, 1), "Reason"), StringComparison.Ordinal);
        Assert.Contains("not recalled", Problem(await CorrectAsync(clinic, manager, lot, StockReason.Withdrawn, 1), "Reason"), StringComparison.Ordinal);
        Assert.Contains("why", Problem(await CorrectAsync(clinic, manager, lot, StockReason.Session, 1), "Reason"), StringComparison.Ordinal);
        Assert.Contains("at least 1", Problem(await CorrectAsync(clinic, manager, lot, StockReason.Lost, 0), "Ampoules"), StringComparison.Ordinal);
        Assert.Equal(5, (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.AmpoulesLeft);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_count_from_before_somebody_took_ampoules_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var lot = await clinic.AddLotAsync(SessionScene.Ingredient);
        var seen = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.Version;
        (await CorrectAsync(clinic, manager, lot, StockReason.Broken, 1)).Must();

        var late = await clinic.SendAsync(manager, new CorrectStock.Command { LotId = lot, Version = seen, Reason = StockReason.Counted, Ampoules = 20 });

        Assert.Contains("19 are left now", Assert.IsType<Failure.Conflict>(late.Failure).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ha2604", 1)]
    [InlineData("26 04", 1)]
    [InlineData("HA/26", 1)]
    [InlineData("hyaluronic", 2)]
    [InlineData("100%", 0)]
    [InlineData("_", 0)]
    public async Task A_lot_is_found_by_any_part_of_its_number_or_its_product(string text, int found)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await AddAsync(clinic, "HA-2604", clinic.Today.AddDays(300), 3);
        await AddAsync(clinic, "XB-1107", clinic.Today.AddDays(300), 3);

        var page = (await clinic.SendAsync(await clinic.AddManagerAsync(), new GetStock.Query { Text = text })).Must();

        Assert.Equal(found, page.Total);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Each_lot_stands_in_the_views_where_it_belongs(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var cosmetologist = await clinic.AddCosmetologistAsync();
        await AddAsync(clinic, "FRESH", clinic.Today.AddDays(300), 3);
        await AddAsync(clinic, "SOON", clinic.Today.AddDays(40), 3);
        await AddAsync(clinic, "OLD", clinic.Today.AddDays(-1), 3);
        await AddAsync(clinic, "OLD-EMPTY", clinic.Today.AddDays(-1), 0);
        await AddAsync(clinic, "RECALLED", clinic.Today.AddDays(40), 3, recalled: true);

        Assert.Equal(["FRESH", "OLD", "RECALLED", "SOON"], await NumbersAsync(GetStock.StockView.OnShelf));
        Assert.Equal(["SOON"], await NumbersAsync(GetStock.StockView.ExpiresSoon, soonDays: 60));
        Assert.Empty(await NumbersAsync(GetStock.StockView.ExpiresSoon, soonDays: 30));
        Assert.Equal(["OLD"], await NumbersAsync(GetStock.StockView.Expired));
        Assert.Equal(["RECALLED"], await NumbersAsync(GetStock.StockView.Recalled));
        Assert.Equal(["OLD-EMPTY"], await NumbersAsync(GetStock.StockView.UsedUp));
        Assert.Equal(5, (await NumbersAsync(GetStock.StockView.All)).Count);

        async Task<List<string>> NumbersAsync(GetStock.StockView view, int soonDays = 30) =>
            [.. (await clinic.SendAsync(cosmetologist, new GetStock.Query { Show = view, SoonDays = soonDays })).Must().Rows.Select(row => row.Number).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Signing_takes_the_opened_ampoules_once_also_when_it_is_sent_twice(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => (draft.Lines[0].Ampoules, draft.Lines[0].SealedAmpoules) = (3, 3));
        await scene.StartAsync();
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 0));
        var sign = new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version };

        (await clinic.SendAsync(scene.Practitioner, sign)).Must();
        (await clinic.SendAsync(scene.Practitioner, sign)).Must();

        var view = (await clinic.SendAsync(scene.Practitioner, new GetLot.Query { LotId = scene.Lot })).Must();
        Assert.Equal(17, view.Lot.AmpoulesLeft);
        var taken = Assert.Single(view.Movements);
        Assert.Equal((StockReason.Session, -3, 17, scene.Session), (taken.Reason, taken.Change, taken.Left, taken.SessionId!.Value));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_session_stopped_after_the_first_injection_takes_its_ampoules_when_it_is_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        scene.Draft.Version = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint" })).Must();

        (await scene.TrySignAsync()).Must();

        Assert.Equal(19, (await clinic.SendAsync(scene.Practitioner, new GetLot.Query { LotId = scene.Lot })).Must().Lot.AmpoulesLeft);
    }

    [Theory]
    [InlineData(true, 19)]
    [InlineData(false, 20)]
    public async Task Ampoules_opened_for_a_session_that_never_began_do_not_go_back(bool opened, int left)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);

        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Changed her mind", AmpoulesOpened = opened })).Must();

        var view = (await clinic.SendAsync(scene.Practitioner, new GetLot.Query { LotId = scene.Lot })).Must();
        Assert.Equal(left, view.Lot.AmpoulesLeft);
        Assert.Equal(opened ? [StockReason.OpenedUnused] : [], view.Movements.Select(m => m.Reason));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_last_ampoule_cannot_be_opened_for_two_patients(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (first, second) = (await SessionScene.ReadyAsync(clinic), await SessionScene.ReadyAsync(clinic));
        await second.TakeFromAsync(first.Lot);
        await clinic.InDatabaseAsync(db => db.Lots.ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 1)));
        await first.StartAsync();

        var refused = await second.TryStartAsync();

        Assert.Equal("Lot L-2604: none left in stock, the record takes 1. Opened in sessions that are not signed yet: 1.", Assert.Single(Assert.IsType<Failure.Invalid>(refused.Failure).Errors["Lines[0].LotId"]));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_a_session_has_opened_nobody_else_takes_and_its_record_can_always_be_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, begun, ready) = (await clinic.AddManagerAsync(), await SessionScene.ReadyAsync(clinic), await SessionScene.ReadyAsync(clinic));
        await ready.TakeFromAsync(begun.Lot);
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == begun.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 1)));
        await begun.StartAsync();

        Assert.Contains("no ampoule left", Problem(await clinic.SendAsync(ready.Practitioner, new ApplyAllergyTest.Command { PatientId = ready.Patient, LotId = begun.Lot, AppliedOn = clinic.Today }), "LotId"), StringComparison.Ordinal);
        Assert.Contains("fewer than 1", Assert.IsType<Failure.Conflict>((await clinic.SendAsync(ready.Practitioner, new AbortSession.Command { SessionId = ready.Session, Version = ready.Draft.Version, Reason = "Changed her mind", AmpoulesOpened = true })).Failure).Message, StringComparison.Ordinal);
        Assert.Contains("None is left", Problem(await CorrectAsync(clinic, manager, begun.Lot, StockReason.Broken, 1), "Ampoules"), StringComparison.Ordinal);
        Assert.DoesNotContain((await clinic.SendAsync(ready.Practitioner, new ListLots.Query { UsableOnly = true })).Must(), row => row.Id == begun.Lot);
        Assert.Contains("no ampoule left", Assert.Single((await clinic.SendAsync(ready.Practitioner, new FindForMixing.Query { Text = "L-2604" })).Must(), item => item.Lot?.Id == begun.Lot).Refusal, StringComparison.Ordinal);

        // A count of the shelf, a recall and the withdrawal of all that is sealed leave the opened one where it is.
        (await CorrectAsync(clinic, manager, begun.Lot, StockReason.Counted, 2)).Must();
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = begun.Lot, Reason = "particles" })).Must();
        (await CorrectAsync(clinic, manager, begun.Lot, StockReason.Withdrawn, 2)).Must();
        var open = (await clinic.SendAsync(manager, new GetLot.Query { LotId = begun.Lot })).Must().Lot;
        Assert.Equal((0, 1), (open.AmpoulesLeft, open.AmpoulesOpen));

        (await begun.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(async db => Assert.Equal((0, 0), await db.Lots.Where(l => l.Id == begun.Lot).Select(l => new ValueTuple<int, int>(l.AmpoulesLeft, l.AmpoulesOpen)).SingleAsync()));
    }

    private static string Problem<T>(Outcome<T> outcome, string path) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[path]);

    private static async Task<Outcome<Done>> CorrectAsync(TestClinic clinic, Guid manager, Guid lot, StockReason reason, int ampoules) => await clinic.SendAsync(manager, new CorrectStock.Command
    {
        LotId = lot, Version = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.Version, Reason = reason, Ampoules = ampoules,
    });

    private static Task<Guid> ProductOfAsync(TestClinic clinic) => clinic.InDatabaseAsync(async db =>
    {
        var product = new Product { Name = $"Hyal {Guid.NewGuid():N}", Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10)] };
        db.Products.Add(product);
        await db.SaveChangesAsync();
        return product.Id;
    });

    private static async Task<Guid> ReceiveAsync(TestClinic clinic, Guid manager, Guid product, string number) => (await clinic.SendAsync(manager, new ReceiveLot.Command
    {
        ProductId = product, Number = number, ReceivedOn = clinic.Today, ExpiresOn = clinic.Today.AddDays(200), Ampoules = 10,
    })).Must();

    private static Task AddAsync(TestClinic clinic, string number, DateOnly expires, int left, bool recalled = false) => clinic.InDatabaseAsync(async db =>
    {
        var product = new Product { Name = $"Hyaluronic {number}", Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10)] };
        db.Products.Add(product);
        db.Lots.Add(new Lot { ProductId = product.Id, Number = number, ExpiresOn = expires, ReceivedOn = clinic.Today.AddDays(-300), AmpoulesReceived = 5, AmpoulesLeft = left, RecalledUtc = recalled ? TestClinic.Start.UtcDateTime : null, RecallReason = recalled ? "particles" : null });
        await db.SaveChangesAsync();
    });
}
