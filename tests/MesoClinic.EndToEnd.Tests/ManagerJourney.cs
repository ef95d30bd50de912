using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class ManagerJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task Sees_the_complication_that_was_reported_and_takes_it_up()
    {
        var page = await Demo.SignInAsync(DemoPortal.Manager);
        await Expect(page).ToHaveURLAsync(new Regex("/complications$"));
        await Expect(page.GetByText("Nadia Rahman").First).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData("/calendar")]
    [InlineData("/patients")]
    [InlineData("/lots")]
    [InlineData("/rules")]
    [InlineData("/audit")]
    [InlineData("/staff")]
    public async Task Finds_every_page_of_the_navigation_in_order(string path)
    {
        var page = await Demo.SignInAsync(DemoPortal.Manager);
        await page.GotoAsync(path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    }
}
