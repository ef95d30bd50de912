using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QRCoder;

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

        await page.OnAsync("select", field => field.ChangeAsync("InPerson"));
        await page.OnAsync("button[aria-label='Acknowledged: Hannah Lindqvist']", button => button.ClickAsync());

        await page.WaitForAssertionAsync(() => Assert.Contains("1 of 1 acknowledged", page.Find(".recall-figure").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("In person", page.Find("table.recall").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button[aria-label='Acknowledged: Hannah Lindqvist']"));
    }

    [Fact]
    public async Task A_slip_is_taken_back_with_one_press_and_counted_anew()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();
        this.UseClinic(clinic, manager, "Manager");
        var page = Render<RecallPage>(parameters => parameters.Add(p => p.Id, scene.Lot));
        await page.WaitForElementAsync("table.recall", Patience);
        Assert.Empty(page.FindAll("button[aria-label^='Entered by mistake']"));
        await page.OnAsync("button[aria-label='Acknowledged: Hannah Lindqvist']", button => button.ClickAsync());

        await page.WaitForElementAsync("button[aria-label='Entered by mistake: Hannah Lindqvist']", Patience);
        await page.OnAsync("button[aria-label='Entered by mistake: Hannah Lindqvist']", button => button.ClickAsync());

        await page.WaitForAssertionAsync(() => Assert.Contains("0 of 1 acknowledged", page.Find(".recall-figure").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("An entry was taken back", page.Find("table.recall").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("button[aria-label='Acknowledged: Hannah Lindqvist']"));
    }

    [Fact]
    public async Task A_lot_that_is_not_recalled_names_ones_own_patients_and_asks_nobody_to_call()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        var page = Render<RecallPage>(parameters => parameters.Add(p => p.Id, scene.Lot));

        await page.WaitForElementAsync("table.recall", Patience);

        Assert.Contains("Hannah Lindqvist", page.Find("table.recall").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".recall-do"));
        Assert.Empty(page.FindAll("a[href$='/print']"));
    }

    [Fact]
    public async Task A_manager_learns_how_many_received_of_a_lot_that_is_not_recalled_and_no_name()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        this.UseClinic(clinic, manager, "Manager");
        var page = Render<RecallPage>(parameters => parameters.Add(p => p.Id, scene.Lot));

        await page.WaitForAssertionAsync(() => Assert.Contains("One patient received of it.", page.Markup, StringComparison.Ordinal), Patience);

        Assert.DoesNotContain("Lindqvist", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_list_holds_who_has_not_acknowledged_with_the_telephone()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.StartedAsync(clinic));
        (await clinic.SendAsync(manager, new RecallLot.Command { LotId = scene.Lot, Reason = "particles" })).Must();
        this.UseClinic(clinic, manager, "Manager");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Harrow Lane Clinic", "020 7946 0142", "999", Demo: false)));

        var page = Render<RecallSheetPage>(parameters => parameters.Add(p => p.Id, scene.Lot));
        Assert.Contains("Hannah Lindqvist", (await page.WaitForElementAsync("table", Patience)).TextContent, StringComparison.Ordinal);
        Assert.Contains("One patient is still to be reached.", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Harrow Lane Clinic, 020 7946 0142. Recall of lot L-2604", page.Find(".sheet-foot").TextContent);
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
        using var code = QRCodeGenerator.GenerateQrCode(Services.GetRequiredService<NavigationManager>().ToAbsoluteUri($"sessions/{scene.Session}").AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        var dark = code.ModuleMatrix.SelectMany((row, y) => Enumerable.Range(0, row.Count).Where(x => row[x]).Select(x => (x, y))).ToHashSet();
        var drawn = Regex.Matches(page.Find("svg.qr path").GetAttribute("d")!, @"M(\d+) (\d+)h1v1h-1z").Select(m => (Number(m, 1), Number(m, 2))).ToHashSet();
        Assert.True(dark.SetEquals(drawn));
        Assert.Equal($"0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}", page.Find("svg.qr").GetAttribute("viewBox"));

        static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
