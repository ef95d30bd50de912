using MesoClinic.Application.Cocktails;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class LastAmpouleRaceTests
{
    private const int Sessions = 8;
    private const int Doses = 3;
    private const int Breakages = 2;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Sessions_test_doses_and_a_broken_ampoule_race_for_the_last_one_and_one_wins_each_time(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var scenes = new List<SessionScene>();
        for (var i = 0; i < Sessions + Doses; i++)
        {
            scenes.Add(await SessionScene.ReadyAsync(clinic));
        }

        var lot = scenes[0].Lot;
        foreach (var scene in scenes.Skip(1))
        {
            await scene.TakeFromAsync(lot);
        }

        List<Func<Task<Failure?>>> racers =
        [
            .. scenes.Take(Sessions).Select(scene => (Func<Task<Failure?>>)(async () => (await scene.TryStartAsync()).Failure)),
            .. scenes.Skip(Sessions).Select(scene => (Func<Task<Failure?>>)(async () => (await clinic.SendAsync(scene.Practitioner, new ApplyAllergyTest.Command { PatientId = scene.Patient, LotId = lot, AppliedOn = clinic.Today })).Failure)),
            .. Enumerable.Repeat<Func<Task<Failure?>>>(() => BreakAsync(clinic, manager, lot), Breakages),
        ];
        for (var round = 0; racers.Count > 0; round++)
        {
            // One sealed ampoule more than are open.
            await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, x => x.AmpoulesOpen + 1)));
            var outcomes = await Task.WhenAll(racers.Select(racer => Task.Run(racer)));

            var winner = Assert.Single(Enumerable.Range(0, outcomes.Length), i => outcomes[i] is null);
            Assert.All(outcomes.Where((_, i) => i != winner), failure => Assert.True(failure is Failure.Invalid or Failure.Stale or Failure.Conflict, $"Round {round}: {failure}"));
            racers.RemoveAt(winner);
        }

        await clinic.InDatabaseAsync(async db =>
        {
            var end = await db.Lots.SingleAsync(l => l.Id == lot);
            Assert.Equal((Sessions, Sessions), (end.AmpoulesOpen, end.AmpoulesLeft));
            Assert.Equal(Sessions, await db.CocktailLines.Where(l => l.LotId == lot && l.BegunUtc != null).SumAsync(l => l.Ampoules));
            Assert.Equal((Doses, Breakages), (await db.StockMovements.CountAsync(m => m.LotId == lot && m.Reason == StockReason.TestDose), await db.StockMovements.CountAsync(m => m.LotId == lot && m.Reason == StockReason.Broken)));
        });

        foreach (var scene in scenes.Take(Sessions))
        {
            scene.Draft.Version = await clinic.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == scene.Session).Select(s => s.Version).SingleAsync());
            (await scene.TrySignAsync()).Must();
        }

        await clinic.InDatabaseAsync(async db => Assert.Equal((0, 0), (await db.Lots.Where(l => l.Id == lot).Select(l => new ValueTuple<int, int>(l.AmpoulesOpen, l.AmpoulesLeft)).SingleAsync())));
    }

    private static async Task<Failure?> BreakAsync(TestClinic clinic, Guid manager, Guid lot)
    {
        var version = (await clinic.SendAsync(manager, new GetLot.Query { LotId = lot })).Must().Lot.Version;
        return (await clinic.SendAsync(manager, new CorrectStock.Command { LotId = lot, Version = version, Reason = StockReason.Broken, Ampoules = 1 })).Failure;
    }
}
