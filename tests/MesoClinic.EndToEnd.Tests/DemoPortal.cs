using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>One portal and one browser for the journeys of a collection; the two collections run side by side.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    public const string Cosmetologist = "cosmetologist@demo.example";
    public const string Manager = "manager@demo.example";
    public const string Physician = "paul.adler@demo.example";
    public const string Patient = "patient@demo.example";
    private const string Password = "Demo-clinic-2026!";
    private readonly Dictionary<string, string> signedIn = new(StringComparer.Ordinal);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>All journeys of an account are one person to the portal: more live pages than one would have.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MESOCLINIC__DEMOTIME"] = "2026-06-16T09:30:00+01:00",
        ["MESOCLINIC__LIMITS__CIRCUITSPERUSER"] = "200",
    };

    public PortalProcess Portal { get; } = PortalProcess.Start(settings: Settings);

    public async Task InitializeAsync()
    {
        await Portal.WaitUntilReadyAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Program.Value, Args = Chromium.Arguments });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync().WaitAsync(Page.Patience);
        }

        playwright?.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>Every page that a journey has opened.</summary>
    public IReadOnlyList<IPage> Pages => [.. browser!.Contexts.SelectMany(context => context.Pages)];

    /// <summary>Closes them.</summary>
    public async Task ClosePagesAsync()
    {
        foreach (var context in browser!.Contexts.ToList())
        {
            await context.CloseAsync().WaitAsync(Page.Patience);
        }
    }

    /// <summary>A fresh browser profile; wide for staff, a phone for patients.</summary>
    private async Task<IPage> OpenAsync(int width, int height, string? state, Uri? portal = null)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (portal ?? Portal.Address).ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            StorageState = state,
        });
        context.SetDefaultTimeout(45_000);
        return await context.NewPageAsync();
    }

    /// <summary>Signs in once for each account, because sign-ins are limited in number, and comes back with the same cookie.</summary>
    public async Task<IPage> SignInAsync(string email, int width = 1440, int height = 900)
    {
        if (signedIn.TryGetValue(email, out var state))
        {
            var again = await OpenAsync(width, height, state);
            await again.GotoAsync("/");
            return again;
        }

        var page = await OpenAsync(width, height, null);
        await EnterAsync(page, email);
        signedIn[email] = await page.Context.StorageStateAsync();
        return page;
    }

    /// <summary>Signs in to a portal of its own.</summary>
    public async Task<IPage> SignInAsync(Uri portal, string email, int width, int height)
    {
        var page = await OpenAsync(width, height, null, portal);
        await EnterAsync(page, email);
        return page;
    }

    private static async Task EnterAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/login");
        await page.ShouldBeAccessibleAsync();
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
    }
}

[CollectionDefinition(Name)]
public sealed class DemoPortalCollection : ICollectionFixture<DemoPortal>
{
    public const string Name = "demo portal";
}

/// <summary>Around the needle: lots, photos, the recorder.</summary>
[CollectionDefinition(Name)]
public sealed class TreatmentRoomCollection : ICollectionFixture<DemoPortal>
{
    public const string Name = "treatment room";
}

internal static class Page
{
    /// <summary>What runs inside a page has no limit of its own: a page that hangs would hold everything up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Types into a field that offers a list, as a person would: once more where no list comes; and takes the first of it.</summary>
    public static async Task ChooseAsync(this IPage page, string id, string text)
    {
        var first = page.Locator($"#{id}-list [role=option]").First;
        for (var tries = 1; ; tries++)
        {
            await page.Locator("#" + id).FillAsync(text);
            try
            {
                await first.ClickAsync(new() { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException) when (tries < 3)
            {
                await page.Locator("#" + id).FillAsync("");
            }
        }
    }

    /// <summary>No axe violation on the page as it stands.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        // A live page draws itself when it has connected.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();

        // While one page is exchanged for another, its address has changed and its skip link not yet.
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('a.skip')].every(link => link.pathname === location.pathname)");

        // A colour on its way to another is neither.
        await page.WaitForFunctionAsync("() => document.getAnimations().every(animation => animation.playState !== 'running')");
        var result = await page.RunAxe().WaitAsync(Patience);
        var found = result.Violations.Select(violation => $"{violation.Id} ({violation.Impact}): {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        Assert.True(result.Violations.Length == 0, $"{page.Url}{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
