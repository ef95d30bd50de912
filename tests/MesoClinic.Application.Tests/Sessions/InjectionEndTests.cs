using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>When the injections ended: aftercare counts from there.</summary>
public sealed class InjectionEndTests
{
    [Theory]
    [OnSqlite]
    public async Task The_end_lies_between_the_start_and_now(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["The injections began at 09:00; they cannot end before."], Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(8, 59))).Failure).Errors["EndedAt"]);
        Assert.Equal(["This time is still to come."], Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(9, 11))).Failure).Errors["EndedAt"]);
        Assert.True((await scene.TrySignAsync(new TimeOnly(9, 10))).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task An_end_more_than_six_hours_after_the_start_is_a_slip_on_the_same_day_too(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromHours(8));

        Assert.StartsWith("This is more than six hours", Assert.Single(Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(15, 1))).Failure).Errors["EndedAt"]), StringComparison.Ordinal);
        Assert.True((await scene.TrySignAsync(new TimeOnly(15, 0))).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task A_session_that_crosses_midnight_ends_on_the_next_day(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        clinic.Clock.Advance(new TimeSpan(14, 50, 0));
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(25));

        Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(0, 20))).Failure);
        Assert.True((await scene.TrySignAsync(new TimeOnly(0, 10))).Succeeded);
        Assert.Equal(new DateTime(2026, 6, 1, 23, 10, 0, DateTimeKind.Utc), await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.EndedUtc).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_end_is_kept_with_the_draft_and_no_record_is_signed_without_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        var sign = new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version };
        Assert.Equal(["Write when the injections ended."], Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, sign)).Failure).Errors["EndedAt"]);

        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 15));
        Assert.Equal(new TimeOnly(9, 15), (await scene.ReadDraftAsync()).EndedAt);
        (sign.CommandId, sign.Version) = (Guid.NewGuid(), scene.Draft.Version);
        (await clinic.SendAsync(scene.Practitioner, sign)).Must();

        Assert.Equal(TestClinic.Start.UtcDateTime.AddMinutes(15), await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.EndedUtc).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task An_end_that_cannot_be_is_refused_while_the_draft_is_saved_and_can_be_taken_out_again(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(10));
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 5));

        Assert.Equal(["EndedAt"], Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.EndedAt = new TimeOnly(9, 11))).Failure).Errors.Keys);
        Assert.Equal(["EndedAt"], Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.EndedAt = new TimeOnly(8, 59))).Failure).Errors.Keys);
        Assert.Equal(new TimeOnly(9, 5), (await scene.ReadDraftAsync()).EndedAt);

        await scene.SaveAsync(draft => draft.EndedAt = null);
        Assert.Null((await scene.ReadDraftAsync()).EndedAt);
    }
}
