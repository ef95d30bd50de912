using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(TreatmentRoomCollection.Name)]
public sealed class PhysicianJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task Decides_about_a_session_and_the_cosmetologists_booking_is_confirmed()
    {
        var page = await Demo.SignInAsync(DemoPortal.Physician);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for a physician" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide" }).First.ClickAsync();
        var appointment = page.Url;

        // Nobody's chart opens without a reason, and no override without one.
        await page.GetByLabel("Why do you need this chart?").FillAsync("Asked to decide about this appointment");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the chart" }).ClickAsync();
        await Expect(page.GetByText("Booked, provisional")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Allow for") }).ClickAsync();
        await Expect(page.GetByText("Choose a reason.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Reason", new() { Exact = true }).SelectOptionAsync("ToleratedBefore");
        await page.GetByLabel("In your own words").FillAsync("The test area of May was read without a reaction.");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Allow for") }).ClickAsync();
        await Expect(page.GetByText("Counts until the appointment ends")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        var desk = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        await desk.GotoAsync(appointment);
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Booked", Exact = true })).ToBeVisibleAsync();
        await Expect(desk.GetByText("Overridden by a physician for this appointment")).ToBeVisibleAsync();
        await Expect(desk.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToHaveCountAsync(0);
        await desk.ShouldBeAccessibleAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Reads_a_rule_and_signs_it()
    {
        var page = await Demo.SignInAsync(DemoPortal.Physician);
        await page.GotoAsync("/rules");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Read the next one" }).ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Your name, as signature").FillAsync("Paul Adler");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign this rule" }).ClickAsync();
        await Expect(page.GetByText("Type your name as the clinic has it: Dr Paul Adler.").First).ToBeVisibleAsync();
        await page.GetByLabel("Your name, as signature").FillAsync("Dr Paul Adler");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign this rule" }).ClickAsync();
        await Expect(page.GetByText("Signed as it stands,")).ToBeVisibleAsync();
        await page.GotoAsync("/rules/disagreements");
        await page.ShouldBeAccessibleAsync();
    }
}
