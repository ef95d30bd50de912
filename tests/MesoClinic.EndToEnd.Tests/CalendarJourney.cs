using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class CalendarJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    /// <summary>A Thursday of the demo clinic with room for more.</summary>
    private const string Day = "2026-06-25";

    [Theory(Timeout = Patience)]
    [InlineData("day")]
    [InlineData("week")]
    [InlineData("month")]
    [InlineData("agenda")]
    public async Task Each_view_can_be_read_by_everybody(string view)
    {
        var page = await OpenAsync(view);

        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Lucia Ferri") }).First).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Time_that_is_dragged_over_opens_the_booking_with_its_start_and_length()
    {
        var page = await OpenAsync("day");
        var (first, last) = (await BoxAsync(Slot(page, 1, "14:00")), await BoxAsync(Slot(page, 1, "14:45")));

        await page.Mouse.MoveAsync(first.X + 40, first.Y + 4);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(last.X + 40, last.Y + 4, new() { Steps = 6 });
        await page.Mouse.UpAsync();

        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Book an appointment" });
        await Expect(sheet.GetByLabel("Start")).ToHaveValueAsync("14:00");
        await Expect(sheet.GetByLabel("Length")).ToHaveValueAsync("60");
        await Expect(sheet.GetByLabel("Practitioner")).ToHaveValueAsync(new Regex("[0-9a-f-]{36}"));
        await page.ShouldBeAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToHaveCountAsync(0);
    }

    [Fact(Timeout = Patience)]
    public async Task An_appointment_that_is_dragged_is_seen_by_others_within_two_seconds_and_goes_back_with_undo()
    {
        var (page, other) = (await OpenAsync("day"), await OpenAsync("day"));
        var lucia = page.Locator(".rz-event").Filter(new() { HasText = "Lucia Ferri" });
        var before = await lucia.GetAttributeAsync("aria-label");

        await lucia.DragToAsync(Slot(page, 2, "11:00"), new() { TargetPosition = new() { X = 40, Y = 6 } });
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Lucia Ferri: moved to Thursday 25 June, 11:00" })).ToBeVisibleAsync();
        await Expect(other.Locator(".rz-event").Filter(new() { HasText = "Lucia Ferri" })).ToHaveAttributeAsync("aria-label", new Regex("11:00.*25 June"), new() { Timeout = 2_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(lucia).ToHaveAttributeAsync("aria-label", before!);
    }

    [Fact(Timeout = Patience)]
    public async Task A_drop_where_nobody_works_leaves_the_appointment_and_says_why()
    {
        var page = await OpenAsync("day");
        var lucia = page.Locator(".rz-event").Filter(new() { HasText = "Lucia Ferri" });
        var before = await lucia.GetAttributeAsync("aria-label");

        await lucia.DragToAsync(page.Locator(".rz-slots .rz-slot.off").First, new() { TargetPosition = new() { X = 40, Y = 6 } });

        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Lucia Ferri stays at" })).ToBeVisibleAsync();
        await Expect(lucia).ToHaveAttributeAsync("aria-label", before!);
    }

    [Fact(Timeout = Patience)]
    public async Task By_keyboard_alone_a_time_is_chosen_and_an_appointment_is_opened_and_moved()
    {
        var page = await OpenAsync("day");
        await page.Locator(".rz-week-view-content").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Book an appointment" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".rz-event").Filter(new() { HasText = "Lucia Ferri" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var peek = page.GetByRole(AriaRole.Dialog, new() { Name = "Lucia Ferri" });
        await Expect(peek.GetByText("Thursday 25 June")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await peek.GetByRole(AriaRole.Button, new() { Name = "Move or change length" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Move the appointment" });
        await form.GetByLabel("Length").FillAsync("45");
        await form.GetByLabel("Date").FillAsync(Day);
        await form.GetByLabel("Start").FillAsync("15:00");
        await form.GetByLabel("Start").PressAsync("Tab");
        await Expect(form.GetByText("This time is free.")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Move to") }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "moved to Thursday 25 June, 15:00" })).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string view)
    {
        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist, 1440, 1400);
        await page.GotoAsync($"/calendar?day={Day}&view={view}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true })).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Slot(IPage page, int column, string time) => page.Locator(".rz-slots").Nth(column).Locator($".rz-slot[data-at='{Day}T{time}:00']");

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator slot) => (await slot.BoundingBoxAsync())!;
}
