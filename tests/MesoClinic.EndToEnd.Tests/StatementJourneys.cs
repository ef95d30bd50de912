using System.Text.RegularExpressions;
using MesoClinic.Data.Seeding;
using MesoClinic.Rules.Knowledge;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>What the documents state can be read where the table of statements says. The asepsis steps of "/sessions/{Id:guid}" are read by <see cref="CosmetologistJourney"/>.</summary>
[Collection(DemoPortalCollection.Name)]
public sealed partial class StatementJourneys(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    private const string SessionPage = "/sessions/{Id:guid}";
    private static readonly KnowledgeBase Knowledge = Load();

    public static TheoryData<string, string, string[]> Pages => new()
    {
        { "/me/aftercare", DemoPortal.Patient, [Aftercare("ac-no-sauna"), Aftercare("ac-no-massage"), Complication("cx-bruise")] },
        { "/me/appointments", DemoPortal.Patient, [Preparation("pre-no-makeup-day-before"), Preparation("pre-disclose")] },
        { "/me/report/{Id:guid}", DemoPortal.Patient, [Knowledge.Triage.Single(row => row.Id == "tg-pus").Advice[0]] },
        { "/rules/{Id}", DemoPortal.Cosmetologist, [Contraindication("ci-keloid-personal"), Knowledge.Conflicts.Single(row => row.Id == "conf-keloid").Title] },
        { "/booking/new", DemoPortal.Cosmetologist, [Indication("ind-double-chin"), Technique("tech-papular"), Ingredient("ing-hophytol"), Alternative("alt-electrophoresis")] },
        { "/complications/{Id:guid}", DemoPortal.Manager, [Complication("cx-necrosis"), Cause("patient-noncompliance")] },
        { "/patients/{Id:guid}/profile", DemoPortal.Cosmetologist, [Knowledge.Allergens.Single(row => row.Id == "alg-propylene-glycol").Title] },
    };

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Pages))]
    public async Task A_page_says_what_the_documents_state(string route, string email, string[] statements)
    {
        var page = await OpenAsync(route, email);

        foreach (var statement in statements)
        {
            await Expect(page.Locator("body")).ToContainTextAsync(statement, new() { IgnoreCase = true });
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public void Every_page_that_a_statement_names_is_read() =>
        Assert.Equal(
            Knowledge.SeedCoverage.SelectMany(statement => statement.UsedBy).Where(use => use.StartsWith("page:", StringComparison.Ordinal)).Select(use => use["page:".Length..])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Pages.Select(row => (string)row[0]).Append(SessionPage).Order(StringComparer.Ordinal));

    internal static IEnumerable<string> AsepsisSteps() => Knowledge.AsepsisSteps.Select(step => step.Title);

    private async Task<IPage> OpenAsync(string route, string email)
    {
        var page = await Demo.SignInAsync(email, email == DemoPortal.Patient ? 390 : 1440);
        switch (route)
        {
            case "/me/report/{Id:guid}":
                await ReportPusAsync(page);
                break;
            case "/rules/{Id}":
                await page.GotoAsync("/rules/ci-keloid-personal");
                break;
            case "/booking/new":
                await page.GotoAsync("/booking/new");
                await page.GetByRole(AriaRole.Combobox, new() { Name = "Ingredient" }).FillAsync("hophytol");
                break;
            case "/complications/{Id:guid}":
                await page.GotoAsync($"/complications/{await FirstAsync(page, "/complications", "id=")}");
                break;
            case "/patients/{Id:guid}/profile":
                await page.GotoAsync($"/patients/{await FirstAsync(page, "/today", "patients/")}/profile");
                await page.GetByRole(AriaRole.Combobox, new() { Name = "Add an allergy" }).FillAsync("propylene");
                break;
            default:
                await page.GotoAsync(route);
                break;
        }

        return page;
    }

    /// <summary>The id in the first link of a list.</summary>
    private static async Task<string> FirstAsync(IPage page, string list, string link)
    {
        await page.GotoAsync(list);
        var links = page.Locator($"main a[href*='{link}']");
        await Expect(links.First).ToBeVisibleAsync();
        foreach (var found in await links.AllAsync())
        {
            if (Id().Match(await found.GetAttributeAsync("href") ?? "") is { Success: true } id)
            {
                return id.Value;
            }
        }

        throw new InvalidOperationException($"{list} leads to nothing.");
    }

    private static async Task ReportPusAsync(IPage page)
    {
        await page.GotoAsync("/me/report");
        await page.Locator("label:has(input[value='pus'])").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Since which day?").FillAsync("2026-06-15");
        await page.GetByLabel("About what time?").FillAsync("20:00");
        await page.Locator("label:has(input[value='Mild'])").ClickAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/me/report/[0-9a-f-]{36}"));
    }

    private static string Aftercare(string id) => Knowledge.Aftercare.Single(row => row.Id == id).Words.Subject;

    private static string Preparation(string id) => Knowledge.Preparation.Single(row => row.Id == id).Title;

    private static string Complication(string id) => Knowledge.Complications.Single(row => row.Id == id).Title;

    private static string Contraindication(string id) => Knowledge.Contraindications.Single(row => row.Id == id).Title;

    private static string Indication(string id) => Knowledge.Indications.Single(row => row.Id == id).Title;

    private static string Technique(string id) => Knowledge.Techniques.Single(row => row.Id == id).Title;

    private static string Ingredient(string id) => Knowledge.Ingredients.Single(row => row.Id == id).Title;

    private static string Alternative(string id) => Knowledge.Alternatives.Single(row => row.Id == id).Title;

    private static string Cause(string id) => Knowledge.Causes.Single(row => row.Id == id).Title;

    private static KnowledgeBase Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MesoClinic.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("MesoClinic.sln lies nowhere above the tests.");
        }

        return SeedLoader.Load(Path.Combine(folder.FullName, "seeds"));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
