using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>SQLite lets one transaction write at a time; on SQL Server it is the held row that makes the others wait.</summary>
public sealed class RecordHoldTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whoever_saves_while_the_record_is_held_waits_and_then_sees_what_became_of_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var judged = await clinic.InDatabaseAsync(db => db.Assessments.CountAsync());
        Task<Outcome<Guid>> saving = null!;

        await clinic.InDatabaseAsync(async db =>
        {
            await using var signing = await db.Database.BeginTransactionAsync();
            await db.Sessions.Where(s => s.Id == scene.Session).HoldAsync(default);
            saving = Task.Run(() => scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.1m));
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            Assert.False(saving.IsCompleted);
            await db.Sessions.Where(s => s.Id == scene.Session).ExecuteUpdateAsync(s => s.SetProperty(x => x.Version, Guid.NewGuid()));
            await signing.CommitAsync();
        });

        Assert.IsType<Failure.Stale>((await saving).Failure);
        Assert.Equal(judged, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task To_a_record_that_was_signed_while_a_refusal_was_written_nothing_is_added(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (signed, open) = (await SessionScene.StartedAsync(clinic), await SessionScene.StartedAsync(clinic));
        (await signed.TrySignAsync()).Must();

        await clinic.InDatabaseAsync(async db =>
        {
            var kept = new KeptAssessments();
            foreach (var made in await db.Assessments.AsNoTracking().Where(a => a.SessionId != null).ToListAsync())
            {
                kept.Add(made);
            }

            Assert.Equal([null, open.Session], (await kept.AfterRollbackAsync(db, default)).Select(a => a.SessionId).Distinct().OrderBy(id => id));
        });
    }
}
