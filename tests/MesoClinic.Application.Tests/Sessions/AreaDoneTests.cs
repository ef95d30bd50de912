using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>An area is done once the needle has been there, and not before.</summary>
public sealed class AreaDoneTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task It_is_refused_before_the_start_and_kept_after_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        var early = await scene.TrySaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(40, ml: 0.01m, mm: 1.5m, done: true)]);
        Assert.Equal("Forehead: an area is done only once the injections have begun.", Assert.IsType<Failure.Invalid>(early.Failure).Errors["Sites[0].Points"][0]);

        await scene.SaveAsync(draft => draft.Sites[0].Done = false);
        await scene.StartAsync();
        await scene.SaveAsync(draft => draft.Sites[0].Done = true);
        Assert.True(Assert.Single((await scene.ReadDraftAsync()).Sites).Done);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_a_draft_had_marked_early_is_still_saved_and_begins_undone(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(40, ml: 0.01m, mm: 1.5m)]);
        await clinic.InDatabaseAsync(async db =>
        {
            var area = await db.Sessions.SelectMany(session => session.Areas).SingleAsync();
            area.Sites = [.. area.Sites.Select(site => site with { Done = true })];
            await db.SaveChangesAsync();
        });

        await scene.SaveAsync(draft => (draft.Notes, draft.Sites[0].Done) = ("Calm", true));
        await scene.StartAsync();

        Assert.False(Assert.Single((await scene.ReadDraftAsync()).Sites).Done);
    }
}
