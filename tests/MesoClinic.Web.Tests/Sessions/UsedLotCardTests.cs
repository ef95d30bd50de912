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
        var recorded = 0;
        var card = Render<UsedLotCard>(parameters => parameters
            .Add(c => c.SessionId, scene.Session).Add(c => c.Lines, Read().Draft.Lines).Add(c => c.Save, () => Task.FromResult(Read().Draft.Version)).Add(c => c.OnRecorded, () => recorded++));

        await card.Find("form").SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Contains("Choose the lot that was used.", card.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(card.FindAll("input[inputmode=decimal]"));

        await card.FindComponent<LotPick>().InvokeAsync(() => card.FindComponent<LotPick>().Instance.ValueChanged.InvokeAsync(used));
        Assert.DoesNotContain("Choose the lot that was used.", card.Markup, StringComparison.Ordinal);
        await card.Find("form").SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Contains("While the session goes on", card.Markup, StringComparison.Ordinal), Patience);

        await card.Field("Which line stands in the record in its place?").ChangeAsync("0");
        await card.Find("form").SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.Equal(1, recorded), Patience);
        Assert.Equal("The lot is recorded in the place of the line that was a mistake.", card.Find(".rec-told[role=status]").TextContent.Trim());
        Assert.Equal([scene.Lot, used], Read().Draft.Lines.Select(line => line.LotId));

        GetSession.Record Read() => clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session }).GetAwaiter().GetResult().Must();
    }
}
