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

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task After_a_stop_an_end_that_nobody_noted_is_called_assumed_until_the_true_one_is_written(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(new TimeSpan(0, 41, 20));
        await StopAsync(scene);
        clinic.Clock.Advance(TimeSpan.FromMinutes(9));
        var stopped = TestClinic.Start.UtcDateTime + new TimeSpan(0, 41, 20);
        Assert.Equal((stopped, true, null), await EndAsync(scene));

        await scene.SaveAsync(draft => draft.Notes = "Hives on the neck");
        Assert.Equal((stopped, true, null), await EndAsync(scene));
        Assert.Equal(["The injections began at 09:00; they cannot end before."], await RefusalAsync(scene, new TimeOnly(8, 59)));
        Assert.Equal(["The session was stopped at 09:41; nothing was injected after that."], await RefusalAsync(scene, new TimeOnly(9, 42)));
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 41));
        Assert.Equal((TestClinic.Start.UtcDateTime.AddMinutes(41), false, new TimeOnly(9, 41)), await EndAsync(scene));

        await scene.SaveAsync(draft => draft.EndedAt = null);
        Assert.Equal((stopped, true, null), await EndAsync(scene));

        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 15));
        (await clinic.SendAsync(scene.Practitioner, new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version })).Must();
        Assert.Equal((TestClinic.Start.UtcDateTime.AddMinutes(15), false, new TimeOnly(9, 15)), await EndAsync(scene));
        Assert.IsType<Failure.Conflict>((await scene.TrySaveAsync(draft => draft.EndedAt = new TimeOnly(9, 20))).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task Of_a_record_left_behind_past_midnight_the_true_end_is_found_on_the_right_day(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        clinic.Clock.Advance(new TimeSpan(14, 50, 0));
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromHours(20));
        await StopAsync(scene);
        Assert.Equal((TestClinic.Start.UtcDateTime + new TimeSpan(20, 50, 0), true, null), await EndAsync(scene));

        Assert.Equal(["The injections began at 23:50; they cannot end before."], await RefusalAsync(scene, new TimeOnly(6, 0)));
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(0, 10));

        Assert.Equal((TestClinic.Start.UtcDateTime + new TimeSpan(15, 10, 0), false, new TimeOnly(0, 10)), await EndAsync(scene));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_record_signed_with_an_assumed_end_says_so_for_ever(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        await StopAsync(scene);
        Assert.Contains((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps, gap => gap is { What: "End of the injections", Needed: false });

        (await clinic.SendAsync(scene.Practitioner, new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version })).Must();

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal((true, true), (record.EndIsAssumed, record.HashHolds!.Value));
    }

    private static async Task<(DateTime? Utc, bool IsAssumed, TimeOnly? Typed)> EndAsync(SessionScene scene)
    {
        var record = (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        return (record.EndedUtc, record.EndIsAssumed, record.Draft.EndedAt);
    }

    private static async Task<string[]> RefusalAsync(SessionScene scene, TimeOnly clock) => Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(draft => draft.EndedAt = clock)).Failure).Errors["EndedAt"];

    private static async Task StopAsync(SessionScene scene) =>
        scene.Draft.Version = (await scene.Clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();
}
