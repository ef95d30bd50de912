using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What the page answers to draft.js: which changes and taps have arrived, and which never did.</summary>
public sealed class DraftToldTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Taps_that_never_arrived_are_named_once_until_somebody_has_looked()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var page = Show(await SessionScene.StartedAsync(clinic));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);

        await page.OnAsync("[data-draft]", element => element.TriggerEventAsync("ondrafttold", new DraftToldEventArgs { Number = 3 }));
        Assert.Equal("3", page.Find("[data-draft]").GetAttribute("data-heard"));
        Assert.DoesNotContain("did not arrive", page.Markup, StringComparison.Ordinal);

        LostTap[] lost = [new(4, "on the map"), new(5, "on the map"), new(6, "Mark as done")];
        await page.OnAsync("[data-draft]", element => element.TriggerEventAsync("ondrafttold", new DraftToldEventArgs { Number = 7, Lost = lost }));
        await page.OnAsync("[data-draft]", element => element.TriggerEventAsync("ondrafttold", new DraftToldEventArgs { Number = 8, Lost = lost }));

        Assert.Contains("3 taps did not arrive while the connection was away: on the map (2 times); Mark as done.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("8", page.Find("[data-draft]").GetAttribute("data-heard"));
        await page.PressAsync("I have looked");
        Assert.DoesNotContain("did not arrive", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_addendum_is_told_of_as_it_is_typed_and_counts_as_stored_only_when_it_was_sent()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        (await scene.TrySignAsync()).Must();
        var page = Show(scene);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("[data-draft][data-unstored] textarea")), Patience);

        await page.OnAsync("[data-draft]", element => element.TriggerEventAsync("ondrafttold", new DraftToldEventArgs { Number = 2, Lost = [new(1, "Add to the record")] }));

        Assert.Equal("2", page.Find("[data-draft]").GetAttribute("data-heard"));
        Assert.Contains("One tap did not arrive while the connection was away: Add to the record.", page.Find("[data-draft] [role=alert]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<SessionPage> Show(SessionScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Practitioner, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        return Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
    }
}
