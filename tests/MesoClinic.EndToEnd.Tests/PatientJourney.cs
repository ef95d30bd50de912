using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class PatientJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task Reads_the_aftercare_on_a_phone_and_reports_what_feels_wrong()
    {
        var page = await Demo.SignInAsync(DemoPortal.Patient, 390, 844);
        await Expect(page).ToHaveURLAsync(new Regex("/me$"));
        await page.ShouldBeAccessibleAsync();

        await page.GotoAsync("/me/aftercare");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("3 days since your session");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not yet" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        foreach (var path in new[] { "/me/appointments", "/me/questionnaire", "/me/access" })
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.ShouldBeAccessibleAsync();
        }

        await ReportRednessAsync(page);

        // The clinic sees it, and takes it up.
        var manager = await Demo.SignInAsync(DemoPortal.Manager);
        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Marta Oyelaran") }).First.ClickAsync();
        await manager.ShouldBeAccessibleAsync();
        await Expect(manager.GetByText("Marta Oyelaran").First).ToBeVisibleAsync();
    }

    private static async Task ReportRednessAsync(IPage page)
    {
        await page.GotoAsync("/me/report");
        await page.ShouldBeAccessibleAsync();
        await page.Locator("label:has(input[value='redness'])").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        // A day that is still to come is refused beside the field; the rest stays.
        await page.GetByLabel("In your own words").FillAsync("My cheek is hot");
        await page.GetByLabel("Since which day?").FillAsync("2026-06-30");
        await page.Locator("label:has(input[value='Moderate'])").ClickAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await Expect(page.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("In your own words")).ToHaveValueAsync("My cheek is hot");
        await page.GetByLabel("Since which day?").FillAsync("2026-06-15");
        await page.GetByLabel("About what time?").FillAsync("20:00");
        await page.Locator("button[value=next]").ClickAsync();
        await page.ShouldBeAccessibleAsync();
        foreach (var yes in await page.Locator("label:has(input[value='yes'])").AllAsync())
        {
            await yes.ClickAsync();
        }

        var send = page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" });
        if (!await send.IsVisibleAsync())
        {
            await page.Locator("button[value=next]").ClickAsync();
        }

        await page.ShouldBeAccessibleAsync();
        await send.ClickAsync();
        await page.WaitForURLAsync(new Regex("/me/report/[0-9a-f-]{36}"));
        await page.ShouldBeAccessibleAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData("/today")]
    [InlineData("/patients")]
    [InlineData("/complications")]
    [InlineData("/audit")]
    [InlineData("/staff")]
    public async Task Sees_nothing_of_the_staff_s_pages(string path)
    {
        var page = await Demo.SignInAsync(DemoPortal.Patient, 390, 844);
        await page.GotoAsync(path);
        await Expect(page.GetByText("Grace Nguyen")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(new Regex("not|no ", RegexOptions.IgnoreCase));
    }
}
