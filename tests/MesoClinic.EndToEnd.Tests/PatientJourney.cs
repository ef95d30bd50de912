using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class PatientJourney(DemoPortal demo)
{
    [Fact]
    public async Task Reads_the_aftercare_on_a_phone_and_reports_what_feels_wrong()
    {
        var page = await demo.SignInAsync(DemoPortal.Patient, 390, 844);
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

        await page.GotoAsync("/me/report");
        await page.ShouldBeAccessibleAsync();
    }

    [Theory]
    [InlineData("/today")]
    [InlineData("/patients")]
    [InlineData("/complications")]
    [InlineData("/audit")]
    [InlineData("/staff")]
    public async Task Sees_nothing_of_the_staff_s_pages(string path)
    {
        var page = await demo.SignInAsync(DemoPortal.Patient, 390, 844);
        await page.GotoAsync(path);
        await Expect(page.GetByText("Grace Nguyen")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(new Regex("not|no ", RegexOptions.IgnoreCase));
    }
}
