using System.Text.Json;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class MixLabelTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_label_names_what_was_mixed_from_which_lot_and_nobody(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        var label = (await clinic.SendAsync(scene.Practitioner, new GetMixLabel.Query { SessionId = scene.Session })).Must();

        var line = Assert.Single(label.Lines);
        Assert.Equal(("L-2604", 1m, 1m), (line.Lot, line.VolumeMl, label.VolumeMl));
        Assert.Equal("Irina Volkova", label.PreparedBy);
        Assert.Equal(new DateTime(2026, 6, 1, 9, 30, 0), label.UseBy);
        var all = JsonSerializer.Serialize(label);
        Assert.DoesNotContain("Lindqvist", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Hannah", all, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Patient.ToString(), all, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [OnSqlite]
    public async Task What_is_not_measured_out_or_must_not_be_used_gets_no_label(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = null);
        Assert.Contains("Measure every product", Refusal(await LabelAsync()), StringComparison.Ordinal);

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 1);
        (await clinic.SendAsync(await clinic.AddManagerAsync(), new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();
        Assert.Contains("is recalled", Refusal(await LabelAsync()), StringComparison.Ordinal);

        Task<Outcome<GetMixLabel.Label>> LabelAsync() => clinic.SendAsync(scene.Practitioner, new GetMixLabel.Query { SessionId = scene.Session });
        static string Refusal(Outcome<GetMixLabel.Label> outcome) => Assert.IsType<Failure.Conflict>(outcome.Failure).Message;
    }

    [Theory]
    [OnSqlite]
    public async Task A_recalled_lot_gets_no_label_after_the_start_and_a_stopped_session_gets_none(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (begun, stopped) = (await SessionScene.StartedAsync(clinic), await SessionScene.StartedAsync(clinic));
        (await clinic.SendAsync(begun.Practitioner, new GetMixLabel.Query { SessionId = begun.Session })).Must();
        (await clinic.SendAsync(await clinic.AddManagerAsync(), new RecallLot.Command { LotId = begun.Lot, Reason = "particles" })).Must();
        (await clinic.SendAsync(stopped.Practitioner, new AbortSession.Command { SessionId = stopped.Session, Version = stopped.Draft.Version, Reason = "The patient felt faint" })).Must();

        Assert.Contains("is recalled", await RefusalAsync(begun), StringComparison.Ordinal);
        Assert.Contains("was stopped", await RefusalAsync(stopped), StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task A_mix_that_is_refused_for_this_patient_gets_no_label(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var lipolytic = await clinic.AddLotAsync("ing-deoxycholic-acid");
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = lipolytic, VolumeMl = 0.1m }));

        Assert.Contains("Change the cocktail", await RefusalAsync(scene), StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task A_late_start_is_not_used_up_before_it_was_prepared(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(45));

        var label = (await clinic.SendAsync(scene.Practitioner, new GetMixLabel.Query { SessionId = scene.Session })).Must();

        Assert.Equal((new DateTime(2026, 6, 1, 9, 45, 0), new DateTime(2026, 6, 1, 10, 15, 0)), (label.PreparedAt, label.UseBy));
    }

    [Fact]
    public void A_reference_can_be_read_aloud_and_is_the_same_every_time()
    {
        var session = Guid.Parse("01a20318-6441-715c-ae5a-b1f7b3a793a4");

        Assert.Equal(SessionReference.Of(session), SessionReference.Of(session));
        Assert.Matches("^S-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", SessionReference.Of(session));
        Assert.NotEqual(SessionReference.Of(session), SessionReference.Of(Guid.Parse("01a20318-6441-715c-ae5a-b1f7b3a793a5")));
    }

    private static async Task<string> RefusalAsync(SessionScene scene) => Assert.IsType<Failure.Conflict>((await scene.Clinic.SendAsync(scene.Practitioner, new GetMixLabel.Query { SessionId = scene.Session })).Failure).Message;
}
