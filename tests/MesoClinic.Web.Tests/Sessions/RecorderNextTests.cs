using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What start and signature wait for is named, and leads to its field.</summary>
public sealed class RecorderNextTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_the_start_waits_for_is_named_and_leads_there()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(draft => draft.NeedleOuterDiameterMm = null);

        var page = await OpenAsync(scene);

        var link = page.Find("#start-waits a");
        Assert.Equal("Next: consent", link.TextContent);
        Assert.EndsWith("#consent-h", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(page.Find("#consent-h[tabindex='-1']"));
        var missing = page.FindAll(".ask a").Single(row => row.TextContent == "Needle, outer diameter");
        Assert.EndsWith("#needle", missing.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(page.Find("input#needle"));
    }

    [Fact]
    public async Task Whoever_starts_is_led_to_the_map_and_cannot_sign_by_the_same_tap()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var page = await OpenAsync(scene);
        foreach (var rule in page.FindAll(".ack input").Select(tick => tick.Id!).ToList())
        {
            await page.OnAsync($"[id='{rule}']", tick => tick.Change(true));
        }

        await page.WaitForAssertionAsync(() => Assert.False(page.Button("Start injections").HasAttribute("disabled")), Patience);

        var pressed = page.PressAsync("Start injections");
        await page.WaitForAssertionAsync(() => Assert.True(page.Button("Sign").HasAttribute("disabled")), Patience);
        await pressed;

        JSInterop.VerifyFocusAsyncInvoke();
        Assert.False(page.Button("Sign").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Whoever_signs_without_an_end_is_led_to_it()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var page = await OpenAsync(await SessionScene.StartedAsync(clinic));
        Assert.Contains("Needed to sign: End of the injections", page.Find(".gaps").TextContent, StringComparison.Ordinal);

        await page.PressAsync("Sign");

        Assert.Equal("Say when the injections ended: press Now, or write the time. Then sign.", page.Find("#ended-at-error").TextContent.Trim());
        JSInterop.VerifyFocusAsyncInvoke();
        await page.OnAsync("button[aria-label='Now: end of the injections']", button => button.ClickAsync());
        Assert.Empty(page.FindAll("#ended-at-error"));
    }

    private async Task<IRenderedComponent<SessionPage>> OpenAsync(SessionScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Practitioner, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        var page = Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        return page;
    }
}
