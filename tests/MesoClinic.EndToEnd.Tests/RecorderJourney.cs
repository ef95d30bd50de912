using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(TreatmentRoomCollection.Name)]
public sealed class RecorderJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task Checks_a_patient_in_records_the_session_and_signs_it()
    {
        var manager = await Demo.SignInAsync(DemoPortal.Manager);
        await LotJourney.DeliverAsync(manager);

        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist, 1180, 820);
        await page.GetByRole(AriaRole.Link, new() { Name = "Grace Nguyen" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Grace Nguyen");
        await page.ShouldBeAccessibleAsync();

        await CheckInAsync(page);
        await RecordAsync(page);
        await LotJourney.RecallAsync(manager, "Grace Nguyen");
    }

    /// <summary>From today's list to the open record.</summary>
    internal static async Task CheckInAsync(IPage page)
    {
        await page.GotoAsync("/today");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("check in", RegexOptions.IgnoreCase) }).Last.ClickAsync();
        await page.GetByLabel("Family name").FillAsync("Nguyen");
        await page.GetByLabel("Date of birth").FillAsync("1975-05-20");
        foreach (var none in await page.GetByRole(AriaRole.Button, new() { Name = "None of these" }).AllAsync())
        {
            await none.ClickAsync();
        }

        await page.GetByLabel("Temperature").FillAsync("36,6");
        await page.GetByLabel("Blood pressure, upper").FillAsync("120");
        await page.GetByLabel("Blood pressure, lower").FillAsync("80");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Start session" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/sessions/[0-9a-f-]{36}"));
    }

    private static async Task RecordAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Grace Nguyen");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start injections" })).ToBeDisabledAsync();
        foreach (var step in StatementJourneys.AsepsisSteps())
        {
            await Expect(page.Locator("body")).ToContainTextAsync(step);
        }

        await page.ShouldBeAccessibleAsync();

        await LayOutAsync(page);
        await PrepareAsync(page);
        await page.ShouldBeAccessibleAsync();
        await StartAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Chosen areas" }).GetByRole(AriaRole.Button, new() { Name = "Forehead" })).ToContainTextAsync("28 done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reaction", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop session" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop the session" })).ToBeVisibleAsync();
        await ShouldBeTouchableAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop session" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await TickAllAsync(page, "Close");

        // An end before the start is refused, and the refusal says when it began.
        var end = page.GetByLabel("End of the injections", new() { Exact = true });
        await end.FillAsync("00:00");
        await end.PressAsync("Tab");
        var refusal = page.GetByText("The injections began at");
        await Expect(refusal).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await end.FillAsync(Regex.Match(await refusal.InnerTextAsync(), "[0-9]{2}:[0-9]{2}").Value);
        await end.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What was done" })).ToBeVisibleAsync();
        await ShouldShowTheMapAsync(page);
        await page.ShouldBeAccessibleAsync();
    }

    internal static async Task StartAsync(IPage page)
    {
        var start = page.GetByRole(AriaRole.Button, new() { Name = "Start injections" });
        await Expect(start).ToBeEnabledAsync();
        await start.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }

    /// <summary>Needle, cocktail, skin, consent and cautions: all that the start waits for.</summary>
    internal static async Task PrepareAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Needle" }).FillAsync("0,3");
        await MixAsync(page);
        await TickAllAsync(page, "Prepare");
        await page.GetByRole(AriaRole.Radio, new() { Name = "None", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the consent form" }).ClickAsync();
        await page.GetByLabel("Full name of the patient").FillAsync("Grace Nguyen");
        await ShouldBeTouchableAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign the consent" }).ClickAsync();
        await Expect(page.GetByText("Signed and covering the plan")).ToBeVisibleAsync();
        foreach (var measure in await page.GetByLabel(new Regex("^Acknowledged")).AllAsync())
        {
            await measure.CheckAsync();
        }
    }

    /// <summary>Fingers in gloves: whatever can be pressed is at least 44 px high and wide, a box or a radio with its label.</summary>
    private static async Task ShouldBeTouchableAsync(IPage page)
    {
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.rec :is(button, a.btn, select, summary, textarea, input:not([type="hidden"]))')]
              .filter(control => !control.disabled && control.checkVisibility({ visibilityProperty: true }))
              .map(control => {
                const target = control.matches('[type="checkbox"], [type="radio"], [type="file"]') ? control.labels[0] ?? control : control;
                const { width, height } = target.getBoundingClientRect();
                return { name: (control.getAttribute('aria-label') ?? control.labels?.[0]?.textContent ?? control.textContent).trim(), width: Math.round(width), height: Math.round(height) };
              })
              .filter(({ width, height }) => width < 44 || height < 44)
              .map(({ name, width, height }) => `${name}: ${width} × ${height}`)
            """);
        Assert.Empty(small);
    }

    private static async Task ShouldShowTheMapAsync(IPage page)
    {
        var map = page.GetByRole(AriaRole.Img, new() { Name = "The treated areas with their points" });
        await Expect(map).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await map.EvaluateAsync<int>("picture => picture.naturalWidth") > 0);
    }

    /// <summary>Forehead laid out and one point placed by hand; the other areas have what is said for the whole session.</summary>
    internal static async Task LayOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "ml a point" }).FillAsync("0,014");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Depth, mm" }).FillAsync("1.5");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Depth, mm" }).PressAsync("Tab");
        await page.GetByLabel("Speed").SelectOptionAsync("slow");
        var chip = page.GetByRole(AriaRole.Group, new() { Name = "Chosen areas" }).GetByRole(AriaRole.Button, new() { Name = "Forehead" });
        await chip.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Technique: forehead" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Points" }).FillAsync("28");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Points" }).PressAsync("Tab");
        await Expect(chip).ToContainTextAsync("28 to do, 0.392 ml");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tapped" }).ClickAsync();
        var forehead = page.Locator("path[data-shape='forehead/mid']");
        await Expect(page.Locator("svg.bm-tap")).ToBeVisibleAsync();
        await PinchAsync(page, forehead);
        await Expect(chip).ToContainTextAsync("28 to do");
        await page.GetByRole(AriaRole.Button, new() { Name = "1×, the whole view" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await forehead.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(chip).ToContainTextAsync("29 to do");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(chip).ToContainTextAsync("28 to do");
    }

    /// <summary>Two fingers set down on the area and drawn apart to thrice their span: the drawing grows as much, what they held stays under them, and no point comes of it.</summary>
    private static async Task PinchAsync(IPage page, ILocator area)
    {
        var map = page.Locator("[data-body-map]");
        await map.ScrollIntoViewIfNeededAsync();
        var box = (await area.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2d), box.Y + (box.Height / 2d));
        var (width, held) = (await WidthAsync(), await PlaceAsync());
        var fingers = await page.Context.NewCDPSessionAsync(page);
        await TouchAsync("touchStart", 15);
        await TouchAsync("touchMove", 30);
        await TouchAsync("touchMove", 45);
        await fingers.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Expect(map).ToHaveAttributeAsync("data-zoomed", "");
        Assert.Equal(width / 3, await WidthAsync(), width / 100);
        var now = await PlaceAsync();
        Assert.InRange(Math.Abs(now[0] - held[0]) + Math.Abs(now[1] - held[1]), 0, width / 100);

        Task TouchAsync(string type, double apart) => fingers.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = new[] { new { x = x - apart, y, id = 0 }, new { x = x + apart, y, id = 1 } },
        });

        Task<double> WidthAsync() => map.EvaluateAsync<double>("map => map.querySelector('svg').viewBox.baseVal.width");
        Task<double[]> PlaceAsync() => map.EvaluateAsync<double[]>("(map, at) => { const place = new DOMPoint(at.x, at.y).matrixTransform(map.querySelector('svg').getScreenCTM().inverse()); return [place.x, place.y]; }", new { x, y });
    }

    private static async Task MixAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add or scan" }).ClickAsync();
        foreach (var product in new[] { "Multivitamin M", "Mineral Mix", "Amino Complex" })
        {
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Product, lot number or barcode" }).FillAsync(product);
            await page.GetByRole(AriaRole.Option, new() { Name = product }).ClickAsync();
            var volume = page.GetByLabel($"Volume of {product}, ml");
            await volume.FillAsync("0,3");
            await volume.PressAsync("Tab");
        }
    }

    internal static async Task TickAllAsync(IPage page, string section)
    {
        foreach (var box in await page.GetByRole(AriaRole.Region, new() { Name = section }).GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.CheckAsync();
        }
    }
}
