using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>A rule of the clinic's own, from the first draft to the telephone call that it leads to, and out of the book again.</summary>
[Collection(DemoPortalCollection.Name)]
public sealed class ClinicRuleJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task A_rule_is_drafted_replayed_approved_published_and_taken_back()
    {
        var manager = await Demo.SignInAsync(DemoPortal.Manager);
        var draft = await DraftAsync(manager);

        var physician = await Demo.SignInAsync(DemoPortal.Physician);
        await physician.GotoAsync(draft);
        await physician.GetByRole(AriaRole.Button, new() { Name = "I have read it and approve" }).ClickAsync();
        await Expect(physician.GetByRole(AriaRole.Button, new() { Name = "I have read it and approve" })).ToHaveCountAsync(0);

        await manager.ReloadAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await manager.WaitForURLAsync("**/rules/rescreening");
        await Expect(manager.GetByText("with the clinic's own rules, version 1")).ToBeVisibleAsync();

        // The round begins within ten seconds; whoever comes for the scalp has to be called.
        await Expect(manager.Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Everybody is judged by the book in force" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await manager.ReloadAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Call these patients" })).ToBeVisibleAsync();
        await manager.ShouldBeAccessibleAsync();

        var desk = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        var tasks = desk.Locator("section", new() { HasText = "Call these patients" });
        await Expect(tasks.GetByText("The rule book changed").First).ToBeVisibleAsync();
        await desk.ShouldBeAccessibleAsync();
        var before = await tasks.GetByRole(AriaRole.Listitem).CountAsync();
        await tasks.GetByText("Done", new() { Exact = true }).First.ClickAsync();
        await tasks.GetByRole(AriaRole.Button, new() { Name = "Close this task" }).First.ClickAsync();
        await Expect(tasks.GetByText("Say what was agreed with the patient.").First).ToBeVisibleAsync();
        await tasks.GetByLabel("What was agreed").First.FillAsync("Called: comes for a consultation instead.");
        await tasks.GetByRole(AriaRole.Button, new() { Name = "Close this task" }).First.ClickAsync();
        await Expect(tasks.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(before - 1);

        await GoBackAsync(physician);
    }

    [Fact(Timeout = Patience)]
    public async Task The_sandbox_answers_for_a_patient_who_does_not_exist()
    {
        var page = await Demo.SignInAsync(DemoPortal.Manager);
        await page.GotoAsync("/rules/sandbox");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Add a medicine" }).FillAsync("rivaroxaban");
        await page.Locator("#add-medicine-list").GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Refuse", Exact = true })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take away") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Allow", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task<string> DraftAsync(IPage page)
    {
        await page.GotoAsync("/rules/clinic");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Draft a rule" }).ClickAsync();
        var text = page.GetByLabel("The rule");
        var example = await text.InputValueAsync();
        await text.FillAsync(example.Replace("\"social-event\"", "\"party\"", StringComparison.Ordinal));
        await page.GetByLabel("Why the clinic wants it").FillAsync("No scalps until the new needles have come");
        await Expect(page.GetByText("\"party\" does not exist")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await text.FillAsync(Regex.Replace(example, "\"any\": \\[.*\\]", "\"any\": [ { \"type\": \"planned-area\", \"in\": [ \"scalp\" ] } ]"));
        await page.GetByLabel("Why the clinic wants it").ClickAsync();
        await Expect(page.GetByText("A planned area is, or belongs to, scalp.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the draft" }).ClickAsync();
        await page.WaitForURLAsync(url => Regex.IsMatch(url, "/rules/drafts/[0-9a-f-]{36}$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay over last year" }).ClickAsync();
        await Expect(page.GetByText("in the last year would have been stopped")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        return page.Url;
    }

    private static async Task GoBackAsync(IPage page)
    {
        await page.GotoAsync("/rules/clinic");
        await page.GetByText("Go back to this").First.ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Why").First.FillAsync("The needles have come");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).First.ClickAsync();
        await Expect(page.GetByText("The built-in rules stand alone.")).ToBeVisibleAsync();
    }
}
