using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class CosmetologistJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task Registers_a_patient_and_is_told_what_is_not_known()
    {
        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        await Expect(page).ToHaveURLAsync(new Regex("/today$"));
        await page.ShouldBeAccessibleAsync();

        await page.GotoAsync("/patients");
        await page.ShouldBeAccessibleAsync();
        await page.GotoAsync("/patients/new");
        await page.GetByLabel("Given name").FillAsync("Maren <b>😀</b>");
        await page.GetByLabel("Family name").FillAsync(LogCanary.FamilyName);
        await page.GetByLabel("Date of birth").FillAsync("2090-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();

        // Refused beside the field, and nothing that was typed is lost.
        await Expect(page.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Family name")).ToHaveValueAsync(LogCanary.FamilyName);
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Date of birth").FillAsync("1990-05-01");
        await page.GetByLabel("Phone").FillAsync(LogCanary.Phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/patients/[0-9a-f-]{36}"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Maren <b>😀</b>");
        await page.ShouldBeAccessibleAsync();

        var chart = page.Url;
        await page.GotoAsync($"/booking/new?patient={Regex.Match(chart, "[0-9a-f-]{36}").Value}");
        await page.GetByLabel("Indication").SelectOptionAsync("ind-wrinkles");
        await page.GetByLabel("Technique").SelectOptionAsync("tech-nappage");
        await page.Locator("label").Filter(new() { HasText = "Forehead" }).First.ClickAsync();
        await page.Locator("label").Filter(new() { HasText = "Hyaluronic acid, non-cross-linked" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Incomplete" }).Or(page.GetByRole(AriaRole.Heading, new() { Name = "Postpone" }))).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    }
}
