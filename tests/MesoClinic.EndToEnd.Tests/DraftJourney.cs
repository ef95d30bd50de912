using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>A tablet that loses its network, a server that dies: what was entered is there again.</summary>
[Collection(TreatmentRoomCollection.Name)]
public sealed class DraftJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    private const string NotesLabel = "Notes";

    [Fact(Timeout = Patience)]
    public async Task What_was_entered_survives_a_silent_network_and_a_killed_server_and_is_signed_once()
    {
        var portal = PortalProcess.Start(settings: DemoPortal.Settings);
        try
        {
            await portal.WaitUntilReadyAsync();
            await using var line = new Line(portal.Address);
            var manager = await Demo.SignInAsync(portal.Address, DemoPortal.Manager, 1440, 900);
            await LotJourney.DeliverAsync(manager);
            var tablet = await Demo.SignInAsync(line.Address, DemoPortal.Cosmetologist, 1180, 820);
            await RecorderJourney.CheckInAsync(tablet);
            await Expect(State(tablet)).ToHaveTextAsync("Saved");
            var desk = await Demo.SignInAsync(portal.Address, DemoPortal.Cosmetologist, 1440, 900);
            await desk.GotoAsync(new Uri(tablet.Url).PathAndQuery);

            await TypeWithoutLeavingTheFieldAsync(tablet, desk);
            await GoSilentAsync(line, tablet, desk);
            portal = await KillAsync(portal, tablet);
            await SignWithoutAnAnswerAsync(line, tablet, desk);
            portal = await KillWhileAddingAsync(portal, desk);
            await ShouldHaveTakenOneAmpouleAsync(manager);
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    private static ILocator State(IPage page) => page.Locator(".save-state:visible");

    private static async Task TypeWithoutLeavingTheFieldAsync(IPage tablet, IPage desk)
    {
        await tablet.GetByLabel(NotesLabel).PressSequentiallyAsync("typed in gloves");
        await Expect(State(tablet)).ToHaveTextAsync("Not saved yet");
        await Expect(State(tablet)).ToHaveTextAsync("Saved");
        await Expect(desk.GetByLabel(NotesLabel)).ToHaveValueAsync("typed in gloves");
    }

    /// <summary>Nobody tells the tablet that nothing arrives any more; what is entered meanwhile follows.</summary>
    private static async Task GoSilentAsync(Line line, IPage tablet, IPage desk)
    {
        var step = tablet.GetByRole(AriaRole.Region, new() { Name = "Prepare" }).GetByRole(AriaRole.Checkbox).First;
        var chip = tablet.GetByRole(AriaRole.Group, new() { Name = "Chosen areas" }).GetByRole(AriaRole.Button, new() { Name = "Forehead" });
        line.GoSilent();
        await chip.ClickAsync();
        await Expect(State(tablet)).ToHaveTextAsync("Not saved yet");
        await step.CheckAsync();
        await tablet.GetByLabel(NotesLabel).PressSequentiallyAsync(", then out of reach");
        await Expect(State(tablet)).ToHaveTextAsync("Not saved yet");
        await Expect(tablet.GetByText("The connection was lost.")).ToBeVisibleAsync();
        await Expect(desk.GetByLabel(NotesLabel)).ToHaveValueAsync("typed in gloves");

        line.Restore();
        await Expect(tablet.GetByText("The connection was lost.")).ToBeHiddenAsync();
        await Expect(State(tablet)).ToHaveTextAsync("Saved");
        await Expect(tablet.GetByText("One tap did not arrive while the connection was away: Forehead.")).ToBeVisibleAsync();
        await tablet.ShouldBeAccessibleAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "I have looked" }).ClickAsync();
        await Expect(tablet.GetByText("did not arrive")).ToBeHiddenAsync();
        await Expect(State(tablet)).ToHaveTextAsync("Saved");
        await Expect(step).ToBeCheckedAsync();
        await Expect(desk.GetByLabel(NotesLabel)).ToHaveValueAsync("typed in gloves, then out of reach");
        await Expect(desk.GetByRole(AriaRole.Region, new() { Name = "Prepare" }).GetByRole(AriaRole.Checkbox).First).ToBeCheckedAsync();
    }

    /// <summary>A server that was killed knows no page any more: the page says what it had not heard, and loads the draft.</summary>
    private static async Task<PortalProcess> KillAsync(PortalProcess portal, IPage tablet)
    {
        await portal.DisposeAsync();
        await tablet.GetByLabel(NotesLabel).PressSequentiallyAsync(". Said to a dead server");
        var again = await RestartAsync(portal);
        var lost = tablet.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Said to a dead server" });
        await Expect(lost).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await tablet.ShouldBeAccessibleAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "Load the page anew" }).ClickAsync();
        await Expect(tablet.GetByLabel(NotesLabel)).ToHaveValueAsync("typed in gloves, then out of reach");
        await Expect(State(tablet)).ToHaveTextAsync("Saved");
        return again;
    }

    private static async Task<PortalProcess> RestartAsync(PortalProcess killed)
    {
        var again = PortalProcess.Start(killed.Folder, DemoPortal.Settings, port: killed.Address.Port);
        try
        {
            await again.WaitUntilReadyAsync();
            return again;
        }
        catch
        {
            await again.DisposeAsync();
            throw;
        }
    }

    /// <summary>The signature arrives, the answer does not: the page that comes back shows the signed record.</summary>
    private static async Task SignWithoutAnAnswerAsync(Line line, IPage tablet, IPage desk)
    {
        await RecorderJourney.LayOutAsync(tablet);
        await RecorderJourney.PrepareAsync(tablet);
        await RecorderJourney.StartAsync(tablet);
        await RecorderJourney.TickAllAsync(tablet, "Close");
        await tablet.GetByRole(AriaRole.Button, new() { Name = "Now: end of the injections" }).ClickAsync();
        await Expect(State(tablet)).ToHaveTextAsync("Saved");

        line.HoldAnswers();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await desk.ReloadAsync();
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "What was done" })).ToBeVisibleAsync();
        line.Restore();
        await Expect(tablet.GetByRole(AriaRole.Heading, new() { Name = "What was done" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
    }

    /// <summary>What was typed for a signed record is stored when it is sent, not before: the page that has ended names it.</summary>
    private static async Task<PortalProcess> KillWhileAddingAsync(PortalProcess portal, IPage desk)
    {
        await desk.GetByLabel("Why is something added?").FillAsync("Forgotten");
        await desk.GetByLabel("Addendum", new() { Exact = true }).FillAsync("The left arm was cooled");
        await desk.GetByLabel("Why is something added?").FocusAsync();
        await Expect(desk.Locator("[data-draft][data-unsent]")).ToHaveCountAsync(0);
        await portal.DisposeAsync();
        var again = await RestartAsync(portal);
        await Expect(desk.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "The left arm was cooled" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        return again;
    }

    private static async Task ShouldHaveTakenOneAmpouleAsync(IPage manager)
    {
        await manager.GotoAsync("/lots");
        await manager.GetByRole(AriaRole.Searchbox).FillAsync("mm7001");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await manager.GetByRole(AriaRole.Link, new() { Name = LotJourney.Number }).ClickAsync();
        await Expect(manager.GetByText("4 ampoules")).ToBeVisibleAsync();
    }
}
