using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>What somebody does in a browser. Its pages are closed behind it: each holds memory and a live connection that the next journey would pay for.</summary>
public abstract class Journey(DemoPortal demo, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Milliseconds. No journey takes a quarter of this on a slow machine; one that waits for what never comes fails here with its name.</summary>
    protected const int Patience = 360_000;

    protected DemoPortal Demo => demo;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // Shown where a journey has failed: what stood on its pages, and what the portal said last.
        foreach (var page in demo.Pages)
        {
            output.WriteLine($"{page.Url}{Environment.NewLine}{await SeenOnAsync(page)}{Environment.NewLine}");
        }

        output.WriteLine(string.Join(Environment.NewLine, demo.Portal.Output.Split('\n').TakeLast(30)));
        await demo.ClosePagesAsync();
    }

    private static async Task<string> SeenOnAsync(IPage page)
    {
        try
        {
            return await page.Locator("body").InnerTextAsync(new() { Timeout = 2_000 });
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            return error.Message;
        }
    }
}
