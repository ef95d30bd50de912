using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Cocktails;

public sealed class RecallPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Each_patient_is_written_down_and_counted()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();
        this.UseClinic(clinic, manager, "Manager");
        var page = Render<RecallPage>(parameters => parameters.Add(p => p.Id, scene.Lot));
        await page.WaitForElementAsync("table.recall", Patience);
        Assert.Contains("0 of 1 acknowledged", page.Find(".recall-figure").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 ml, Irina Volkova", page.Find(".doses").TextContent, StringComparison.Ordinal);

        await page.Find("select").ChangeAsync("InPerson");
        await page.Find("button[aria-label='Acknowledged: Hannah Lindqvist']").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("1 of 1 acknowledged", page.Find(".recall-figure").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("In person", page.Find("table.recall").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button[aria-label='Acknowledged: Hannah Lindqvist']"));
    }

    [Fact]
    public async Task A_lot_that_is_not_recalled_shows_who_received_it_and_asks_nobody_to_call()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        this.UseClinic(clinic, manager, "Manager");
        var page = Render<RecallPage>(parameters => parameters.Add(p => p.Id, scene.Lot));

        await page.WaitForElementAsync("table.recall", Patience);

        Assert.Contains("Hannah Lindqvist", page.Find("table.recall").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".recall-do"));
    }

    [Fact]
    public async Task The_label_carries_a_code_and_no_name()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");

        var page = Render<MixLabelPage>(parameters => parameters.Add(p => p.Id, scene.Session));
        await page.WaitForElementAsync("svg.qr path", Patience);

        Assert.Contains("L-2604", page.Find(".mix-label").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Lindqvist", page.Markup, StringComparison.Ordinal);
        Assert.StartsWith("M", page.Find("svg.qr path").GetAttribute("d"), StringComparison.Ordinal);
    }
}
