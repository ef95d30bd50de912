using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class UsedLotCardTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_lot_that_was_injected_takes_the_place_of_the_one_that_was_scanned()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var used = await clinic.AddLotAsync("ing-vitamin-c", expires: clinic.Today.AddDays(-1));
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        JSInterop.Mode = JSRuntimeMode.Loose;
        var lines = (await ReadAsync()).Draft.Lines;
        var recorded = 0;
        var card = Render<UsedLotCard>(parameters => parameters
            .Add(c => c.SessionId, scene.Session).Add(c => c.Lines, lines).Add(c => c.Save, async () => (await ReadAsync()).Draft.Version).Add(c => c.OnRecorded, () => recorded++));

        await card.SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Contains("Choose the lot that was used.", card.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(card.FindAll("input[inputmode=decimal]"));

        await card.FindComponent<LotPick>().InvokeAsync(() => card.FindComponent<LotPick>().Instance.ValueChanged.InvokeAsync(used));
        Assert.DoesNotContain("Choose the lot that was used.", card.Markup, StringComparison.Ordinal);
        await card.SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Contains("While the session goes on", card.Markup, StringComparison.Ordinal), Patience);

        await card.EnterAsync("Which line stands in the record in its place?", "0");
        await card.SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Contains("Say whether its ampoules were new and sealed.", card.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(0, recorded);

        await card.InvokeAsync(() => card.Option("Its ampoules were", "New and sealed").Change("True"));
        await card.SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Equal(1, recorded), Patience);
        Assert.Equal("The lot is recorded in the place of the line that was a mistake.", card.Find(".rec-told[role=status]").TextContent.Trim());
        Assert.Equal([scene.Lot, used], (await ReadAsync()).Draft.Lines.Select(line => line.LotId));

        async Task<GetSession.Record> ReadAsync() => (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
    }
}
