using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What is in the patient is recorded as it was, whatever stands against it, and found by its recall.</summary>
public sealed class UsedLotTests
{
    private const string Other = "ing-vitamin-c";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_wrong_pack_was_scanned_and_the_true_lot_is_recalled_and_used_up(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, manager) = (await SessionScene.StartedAsync(clinic), await clinic.AddManagerAsync());
        var used = await clinic.AddLotAsync(Other, ampoules: 1);
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == used).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = used, Reason = "particles" })).Must();
        var permitted = await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.AssessmentId).SingleAsync());
        var judged = await clinic.InDatabaseAsync(db => db.Assessments.CountAsync());

        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["WereSealed"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, used, command => (command.InsteadOf, command.WereSealed) = (0, null))).Failure).Errors.Keys);
        (await RecordAsync(scene, used, command => command.InsteadOf = 0)).Must();
        Assert.Equal(["InsteadOf"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, await clinic.AddLotAsync(Other), command => command.InsteadOf = 0)).Failure).Errors.Keys);

        var record = await ReadAsync(scene);
        Assert.StartsWith("Lot L-2604 of", record.Draft.Lines[0].Mistake, StringComparison.Ordinal);
        Assert.Equal((used, null, true, record.Draft.Lines[0].VolumeMl), (record.Draft.Lines[1].LotId, record.Draft.Lines[1].Mistake, record.Draft.Lines[1].IsBegun, record.Draft.Lines[1].VolumeMl));
        Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = used })).Must().Patients).PatientId);
        Assert.Equal(judged + 1, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
        Assert.Equal((clinic.Clock.GetUtcNow().UtcDateTime, false), await clinic.InDatabaseAsync(db => db.CocktailLines.Where(line => line.LotId == used).Select(line => new ValueTuple<DateTime, bool>(line.EnteredUtc!.Value, db.Sessions.Single().NewSealedAmpoules)).SingleAsync()));
        Assert.Contains(record.Lines[1].Against!, title => title.Contains("allergy test", StringComparison.OrdinalIgnoreCase));
        Assert.Null(record.Lines[0].Against);
        Assert.Equal((null, true), (record.Lines[0].RecalledAt, record.Lines[1].RecalledAt is not null));
        Assert.Equal(permitted, await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.AssessmentId).SingleAsync()));

        (await scene.TrySignAsync()).Must();
        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(async db =>
        {
            Assert.Equal((0, 0), await db.Lots.Where(l => l.Id == used).Select(l => new ValueTuple<int, int>(l.AmpoulesLeft, l.AmpoulesOpen)).SingleAsync());
            Assert.Equal([(StockReason.Counted, 1), (StockReason.Session, -1)], (await db.StockMovements.Where(m => m.LotId == used).OrderBy(m => m.AtUtc).ThenByDescending(m => m.Change).ToListAsync()).Select(m => (m.Reason, m.Change)));
            Assert.Equal("A lot was entered after it was used.", await db.AuditEntries.Where(e => e.Action == nameof(RecordUsedLot) && e.Outcome == "Done" && e.PatientId == scene.Patient).Select(e => e.Reason).SingleAsync());
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_full_cocktail_to_which_a_used_lot_was_added_can_still_be_saved_and_takes_no_further_line(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft =>
        {
            draft.Lines = [.. Enumerable.Range(0, DraftLines.MostLines).Select(_ => new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.05m })];
            draft.ConfirmSealed();
        });
        var cautions = (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Assessment.Findings;
        await scene.SaveAsync(draft => draft.Acknowledged = [.. cautions.Select(finding => finding.Rule)]);
        await scene.StartAsync();
        (await RecordAsync(scene, await AnotherLotAsync(clinic, of: scene.Lot, expires: clinic.Today.AddDays(30)), command => (command.InsteadOf, command.WereSealed) = (0, true))).Must();

        var draft = await scene.ReadDraftAsync();
        draft.Notes = "The wrong pack was scanned.";
        draft.Version = (await clinic.SendAsync(scene.Practitioner, draft)).Must();
        (draft.CommandId, draft.Lines) = (Guid.NewGuid(), [.. draft.Lines, new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.05m, IsBegun = true }]);

        Assert.Equal([nameof(SaveSessionDraft.Command.Lines)], Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, draft)).Failure).Errors.Keys);
        Assert.Equal(DraftLines.MostLines + 1, (await ReadAsync(scene)).Lines.Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("expired", "Lines[1].LotId")]
    [InlineData("recalled", "Areas")]
    public async Task Of_what_was_used_nothing_more_is_injected_than_the_check_allows(string? fault, string? field)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SignConsentAsync(consent => consent.Areas.Add("cheeks"));
        await scene.StartAsync();
        var used = await AnotherLotAsync(clinic, of: scene.Lot, expires: clinic.Today.AddDays(fault == "expired" ? -1 : 30));
        if (fault == "recalled")
        {
            (await clinic.SendAsync(await clinic.AddManagerAsync(), new RecallLot.Command { LotId = used, Reason = "particles" })).Must();
        }

        (await RecordAsync(scene, used, command => (command.InsteadOf, command.WereSealed) = (0, true))).Must();
        var record = await ReadAsync(scene);
        Assert.Equal(fault is null, record.Lines[1].Against is []);
        (scene.Draft.Version, scene.Draft.Lines) = (record.Draft.Version, record.Draft.Lines);

        await scene.SaveAsync(draft => (draft.Notes, draft.Lines[1].VolumeMl) = ("Seen at the third point.", 0.2m));
        var points = await scene.TrySaveAsync(draft => draft.Points = 48);
        Assert.Equal(fault is null, points.Succeeded);
        scene.Draft.Points = fault is null ? 48 : 40;
        var further = await scene.TrySaveAsync(draft => draft.Areas.Add("cheeks"));

        if (fault is null || field is null)
        {
            further.Must();
            return;
        }

        Assert.Contains(fault, Assert.Single(Assert.IsType<Failure.Invalid>(further.Failure).Errors[field]), StringComparison.OrdinalIgnoreCase);
        if (fault == "recalled")
        {
            // Another lot does not make what was never judged right: only a stop is left.
            scene.Draft.Areas.Remove("cheeks");
            var sound = await AnotherLotAsync(clinic, of: scene.Lot, expires: clinic.Today.AddDays(30), "L-2606");
            var mixed = await scene.TrySaveAsync(draft =>
            {
                draft.Lines.Add(new() { LotId = sound, VolumeMl = 0.2m, Ampoules = 1 });
                draft.ConfirmSealed();
            });
            Assert.Contains(fault, Assert.Single(Assert.IsType<Failure.Invalid>(mixed.Failure).Errors["Lines[1].LotId"]), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task While_it_goes_on_only_what_stands_in_another_ones_place_is_taken_and_after_a_stop_what_was_forgotten(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var used = await clinic.AddLotAsync(Other);

        Assert.Equal(["InsteadOf"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, used, command => command.VolumeMl = 0.1m)).Failure).Errors.Keys);
        Assert.Equal(["InsteadOf"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, used, command => command.InsteadOf = 7)).Failure).Errors.Keys);
        Assert.Equal(["InsteadOf"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, scene.Lot, command => command.InsteadOf = 0)).Failure).Errors.Keys);
        Assert.Equal(["LotId"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, Guid.NewGuid())).Failure).Errors.Keys);
        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = (await ReadAsync(scene)).Draft.Version, Reason = "Hives" })).Must();
        Assert.Equal(["VolumeMl"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, used)).Failure).Errors.Keys);

        (await RecordAsync(scene, used, command => command.VolumeMl = 0.1m)).Must();

        Assert.Equal([(scene.Lot, null), (used, null)], (await ReadAsync(scene)).Draft.Lines.Select(line => (line.LotId, line.Mistake)));
        scene.Draft.Version = (await ReadAsync(scene)).Draft.Version;
        (await scene.TrySignAsync()).Must();
        Assert.IsType<Failure.Conflict>((await RecordAsync(scene, used, command => command.VolumeMl = 0.1m)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task Before_the_start_and_for_a_colleague_nothing_is_recorded_as_used(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var used = await clinic.AddLotAsync(Other);

        Assert.IsType<Failure.Conflict>((await RecordAsync(scene, used, command => command.VolumeMl = 0.1m)).Failure);
        Assert.IsType<Failure.ReasonNeeded>((await RecordAsync(scene, used, by: await clinic.AddCosmetologistAsync("Linh Tran"))).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tube_that_was_noted_late_and_a_second_one_are_found_by_their_recalls(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, manager) = (await SessionScene.StartedAsync(clinic), await clinic.AddManagerAsync());
        var (first, second) = (await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient), await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient));

        (await RecordAsync(scene, first)).Must();
        (await RecordAsync(scene, second)).Must();
        Assert.Equal(["LotId"], Assert.IsType<Failure.Invalid>((await RecordAsync(scene, second)).Failure).Errors.Keys);

        Assert.DoesNotContain((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps, gap => gap.What == "Lot of the anaesthetic cream");
        foreach (var tube in new[] { first, second })
        {
            (await clinic.SendAsync(manager, new RecallLot.Command { LotId = tube, Reason = "particles" })).Must();
            Assert.Equal(scene.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = tube })).Must().Patients).PatientId);
        }

        var record = await ReadAsync(scene);
        Assert.Equal((2, true), (record.ReplacedTubes.Count, record.Draft.AnaestheticCream));
        Assert.All(record.ReplacedTubes, tube => Assert.Equal((true, true), (tube.EnteredAt is not null, tube.Against!.Any(title => title.Contains("allergy test", StringComparison.OrdinalIgnoreCase)))));
        scene.Draft.Version = record.Draft.Version;
        (await scene.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tube_that_had_expired_or_was_recalled_is_said_to_have_been_also_when_the_recall_is_lifted(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, manager) = (await SessionScene.StartedAsync(clinic), await clinic.AddManagerAsync());
        var (expired, recalled) = (await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient, expires: clinic.Today.AddDays(-1)), await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = recalled, Reason = "particles" })).Must();
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        (await RecordAsync(scene, expired)).Must();
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        (await RecordAsync(scene, recalled)).Must();
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        (await clinic.SendAsync(manager, new LiftRecall.Command { LotId = recalled, Reason = "The notice named another lot" })).Must();

        var tubes = (await ReadAsync(scene)).ReplacedTubes;
        Assert.Equal(["it had expired", "its lot was recalled"], tubes.Select(tube => tube.Against![0]));
    }

    /// <summary>The tube that was put back before the start is not the one that was used.</summary>
    [Theory]
    [OnSqlite]
    public async Task A_tube_that_was_replaced_before_the_start_does_not_fill_the_gap(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var tube = await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.AnaestheticCream, true));
            db.ReplacedTubes.Add(new Domain.Sessions.ReplacedTube { SessionId = scene.Session, LotId = tube, AtUtc = (await db.Sessions.SingleAsync()).StartedUtc!.Value.AddMinutes(-20), ProductName = "Cream" });
            await db.SaveChangesAsync();
        });

        Assert.Contains((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps, gap => gap.What == "Lot of the anaesthetic cream");
        Assert.Null(Assert.Single((await ReadAsync(scene)).ReplacedTubes).EnteredAt);
    }

    [Theory]
    [OnSqlite]
    public async Task A_cream_that_was_recorded_after_its_use_is_known_to_the_skin_and_still_new_to_the_check(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        (await RecordAsync(scene, await clinic.AddLotAsync(Domain.Sessions.Session.CreamIngredient))).Must();

        var past = (await clinic.InDatabaseAsync(db => TreatmentHistory.OfAsync(db, [scene.Patient], clinic.Clock.GetUtcNow().UtcDateTime, clinic.Today, default))).Sessions[scene.Patient].Single();

        Assert.Contains(Domain.Sessions.Session.CreamIngredient, past.Ingredients);
        Assert.Equal([SessionScene.Ingredient], past.Judged);
    }

    private static Task<Guid> AnotherLotAsync(TestClinic clinic, Guid of, DateOnly expires, string number = "L-2605") => clinic.InDatabaseAsync(async db =>
    {
        var product = await db.Lots.Where(l => l.Id == of).Select(l => l.ProductId).SingleAsync();
        var lot = new Lot { ProductId = product, Number = number, ExpiresOn = expires, ReceivedOn = clinic.Today.AddDays(-30), AmpoulesReceived = 20, AmpoulesLeft = 20 };
        db.Lots.Add(lot);
        await db.SaveChangesAsync();
        return lot.Id;
    });

    private static async Task<Outcome<Done>> RecordAsync(SessionScene scene, Guid lot, Action<RecordUsedLot.Command>? change = null, Guid? by = null)
    {
        var command = new RecordUsedLot.Command { SessionId = scene.Session, Version = (await ReadAsync(scene)).Draft.Version, LotId = lot, WereSealed = false };
        change?.Invoke(command);
        return await scene.Clinic.SendAsync(by ?? scene.Practitioner, command);
    }

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
