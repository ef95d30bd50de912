using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>The record shows the consent that the injections began on and each that covers what was added, in that order.</summary>
public sealed class LaterConsentTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_added_rests_on_its_own_consent_and_the_start_on_the_one_before_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var first = (await ReadAsync(scene)).Consent!.Id;
        await SignAndAddAsync(scene, 20, "forehead", "cheeks");
        var second = await NewestAsync(clinic);
        await SignAndAddAsync(scene, 10, "forehead", "cheeks", "chin");
        var third = await NewestAsync(clinic);
        (await scene.TrySignAsync()).Must();

        var record = await ReadAsync(scene);

        Assert.Equal(first, record.Consent!.Id);
        Assert.Equal([(second, At(9, 20)), (third, At(9, 30))], record.LaterConsents.Select(later => (later.Consent.Id, later.Since)));
        Assert.True(record.HashHolds);
        if (engine == Engine.Sqlite)
        {
            await clinic.InDatabaseAsync(async db =>
            {
                await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update");
                await db.Database.ExecuteSqlRawAsync("UPDATE Sessions SET LaterConsents = '[]'");
            });
            Assert.False((await ReadAsync(scene)).HashHolds);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task While_the_first_consent_covers_everything_a_newer_one_changes_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.8m);
        await scene.StartAsync();
        var first = (await ReadAsync(scene)).Consent!.Id;
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        await scene.SignConsentAsync(c => c.Areas.Add("cheeks"));

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.9m);

        var record = await ReadAsync(scene);
        Assert.Equal((first, 0), (record.Consent!.Id, record.LaterConsents.Count));
    }

    [Theory]
    [OnSqlite]
    public async Task Who_took_it_back_and_signed_anew_has_both_on_record_and_can_take_the_second_back_too(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithdrawalTests.WithTwentyPointsAsync(clinic);
        var first = (await ReadAsync(scene)).Consent!.Id;
        await WithdrawAsync(scene, first);
        clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await scene.SignConsentAsync();
        await scene.SaveAsync(draft => draft.VolumePerInjectionMl = draft.Sites[0].VolumePerPointMl = 0.015m);

        var record = await ReadAsync(scene);
        Assert.Equal((first, second), (record.Consent!.Id, Assert.Single(record.LaterConsents).Consent.Id));
        Assert.NotNull(record.Consent.WithdrawnAt);

        await WithdrawAsync(scene, second);
        Assert.NotNull((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().ConsentWithdrawnAt);
    }

    private static async Task SignAndAddAsync(SessionScene scene, int minutes, params string[] areas)
    {
        scene.Clinic.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await scene.SignConsentAsync(c => c.Areas = [.. areas]);
        await scene.SaveAsync(draft => draft.Areas = [.. areas]);
    }

    private static Task<Guid> NewestAsync(TestClinic clinic) => clinic.InDatabaseAsync(db => db.Consents.OrderByDescending(c => c.SignedUtc).Select(c => c.Id).FirstAsync());

    private static async Task WithdrawAsync(SessionScene scene, Guid consent) => (await scene.Clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "Does not want to go on" })).Must();

    private static DateTime At(int hour, int minute) => new(2026, 6, 1, hour, minute, 0, DateTimeKind.Unspecified);

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
