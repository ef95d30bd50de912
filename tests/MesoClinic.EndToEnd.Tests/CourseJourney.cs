using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class CourseJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task A_course_of_eight_is_planned_and_booked_at_once_around_the_day_that_is_not_allowed()
    {
        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        await page.GotoAsync("/patients");
        await page.GetByRole(AriaRole.Link, new() { Name = "Claire Dubois" }).First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/patients/[0-9a-f-]{36}"));
        await page.GotoAsync($"/courses/new?patient={Regex.Match(page.Url, "[0-9a-f-]{36}").Value}");

        await page.GetByLabel("Indication").SelectOptionAsync("ind-skin-laxity-lifting");
        await Expect(page.GetByLabel("Sessions")).ToHaveValueAsync("8");
        await page.Locator("label").Filter(new() { HasText = "Cheeks" }).First.ClickAsync();
        await page.Locator("label").Filter(new() { HasText = "Amino acids" }).First.ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the course" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/courses/[0-9a-f-]{36}"));
        await Expect(page.GetByText("Nothing booked yet").First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.ShouldBeAccessibleAsync();
        var course = Regex.Match(page.Url, "[0-9a-f-]{36}").Value;

        // Two days after today's session: the interval moves the first one, and the others follow it.
        await page.GotoAsync($"/courses/{course}/series");
        await page.GetByLabel("First day").FillAsync("2026-06-18");
        await page.GetByLabel("Practitioner").SelectOptionAsync(new SelectOptionValue { Label = "Anybody" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByText("Not on 18 June: Less than 5 days since the previous session")).ToBeVisibleAsync();
        await Expect(page.GetByText("8 of 8 placed")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book 8 sessions" }).ClickAsync();

        await page.WaitForURLAsync(new Regex($"/courses/{course}$"));
        await Expect(page.GetByText("0 of 8 done")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^[A-Z][a-z]+day \\d+ \\w+ 2026, \\d\\d:\\d\\d$") })).ToHaveCountAsync(8);
    }

    [Fact(Timeout = Patience)]
    public async Task The_waitlist_and_the_hours_can_be_read_by_everybody()
    {
        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        await page.GotoAsync("/waitlist");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Waitlist" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        var manager = await Demo.SignInAsync(DemoPortal.Manager);
        foreach (var path in new[] { "/staff/hours", "/staff/rooms", "/appointments/displaced", "/courses" })
        {
            await manager.GotoAsync(path);
            await Expect(manager.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await manager.ShouldBeAccessibleAsync();
        }
    }
}
