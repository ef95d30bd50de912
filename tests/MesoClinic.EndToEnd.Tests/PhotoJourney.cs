using System.Text.RegularExpressions;
using MesoClinic.Testing;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(TreatmentRoomCollection.Name)]
public sealed class PhotoJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task A_patient_signs_at_home_the_clinic_takes_and_compares_photos_and_the_patient_takes_it_back()
    {
        var phone = await Demo.SignInAsync(DemoPortal.Patient, 390, 844);
        var (patient, consent) = await SignAnewAsync(phone);

        var tablet = await Demo.SignInAsync(DemoPortal.Cosmetologist, 820, 1180);
        await tablet.GotoAsync($"/patients/{patient}/photos");
        var choose = tablet.GetByLabel("Choose a photo");
        var before = tablet.GetByRole(AriaRole.Img, new() { Name = "Face, front, before", Exact = true });
        await Expect(before).ToHaveCountAsync(2);
        await choose.SetInputFilesAsync(Photo(Pictures.Png(600, 800)));
        await Expect(before).ToHaveCountAsync(3);
        await choose.SetInputFilesAsync(Photo([.. "MZ a program that calls itself a photo"u8]));
        await Expect(tablet.GetByText("This is no JPEG or PNG photo")).ToBeVisibleAsync();
        await RefusesAsync(tablet);
        await tablet.GetByText("After", new() { Exact = true }).First.ClickAsync();
        await choose.SetInputFilesAsync(Photo(Pictures.Png(600, 800)));
        await Expect(tablet.GetByRole(AriaRole.Img, new() { Name = "Face, front, after", Exact = true })).ToHaveCountAsync(2);
        await Expect(tablet.GetByRole(AriaRole.Heading, new() { Name = "Compare" })).ToBeVisibleAsync();
        await tablet.ShouldBeAccessibleAsync();

        await tablet.GetByRole(AriaRole.Button, new() { Name = "Slider" }).ClickAsync();
        await tablet.GetByRole(AriaRole.Slider).PressAsync("ArrowRight");
        await Expect(tablet.Locator("[data-compare]")).ToHaveAttributeAsync("style", new Regex("--at: 51%"));
        await tablet.ShouldBeAccessibleAsync();

        await phone.GotoAsync("/me/photos");
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Face, front" })).ToBeVisibleAsync();
        Assert.True(await phone.Locator("img.pic").First.EvaluateAsync<bool>("async img => { await img.decode(); return img.naturalWidth > 0; }").WaitAsync(Page.Patience));
        await phone.ShouldBeAccessibleAsync();

        await phone.GotoAsync(consent);
        await WithdrawAsync(phone);
        await tablet.ReloadAsync();
        await Expect(tablet.GetByText("5 photos are not shown")).ToBeVisibleAsync();
    }

    /// <summary>Takes back the consent that is there, reads the text again and signs it.</summary>
    private static async Task<(string Patient, string Consent)> SignAnewAsync(IPage phone)
    {
        await phone.GotoAsync("/me/consents");
        await phone.ShouldBeAccessibleAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Photographs", Exact = true }).ClickAsync();
        await WithdrawAsync(phone);
        await phone.GotoAsync("/me/consents");
        var read = phone.GetByLabel("To sign: Photographs").GetByRole(AriaRole.Link, new() { Name = "Read and sign" });
        var patient = Regex.Match((await read.GetAttributeAsync("href"))!, "patient=([0-9a-f-]{36})").Groups[1].Value;
        await read.ClickAsync();
        await DrawAsync(phone);
        await phone.GetByLabel("Your full name").FillAsync("Marta Oyelaran");
        await phone.ShouldBeAccessibleAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(phone).ToHaveURLAsync(new Regex("/me/consents/[0-9a-f-]{36}$"));
        await Expect(phone.GetByRole(AriaRole.Img, new() { Name = "Signature of Marta Oyelaran" })).ToBeVisibleAsync();
        await phone.ShouldBeAccessibleAsync();
        return (patient, phone.Url);
    }

    private static async Task WithdrawAsync(IPage page)
    {
        await page.GetByText("I withdraw this consent").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" }).ClickAsync();
        await Expect(page.GetByText("Withdrawn on")).ToBeVisibleAsync();
    }

    private static FilePayload Photo(byte[] bytes) => new() { Name = "photo.png", MimeType = "image/png", Buffer = bytes };

    /// <summary>What comes past the page's own script is judged by the server, in words.</summary>
    private static async Task RefusesAsync(IPage page)
    {
        Assert.Equal("400 This page is too old. Load it again, then send the photo.", await SendAsync(Pictures.Png(), token: false));
        Assert.StartsWith("413 The file is larger than 20 MB", await SendAsync(new byte[40 * 1024 * 1024]), StringComparison.Ordinal);
        Assert.StartsWith("400 The file is empty", await SendAsync([]), StringComparison.Ordinal);
        Assert.StartsWith("400 The photo has 20,000 × 300 pixels", await SendAsync(Pictures.Head(20_000, 300)), StringComparison.Ordinal);
        Assert.StartsWith("400 The photo is cut off", await SendAsync(Pictures.Jpeg()[..^6]), StringComparison.Ordinal);

        Task<string> SendAsync(byte[] bytes, bool token = true) => page.EvaluateAsync<string>(
            """
            async ([size, text, token]) => {
              const panel = document.querySelector('[data-photo-upload]');
              const bytes = size > 1e6 ? new Uint8Array(size) : Uint8Array.from(atob(text), c => c.charCodeAt(0));
              const headers = { 'Photo-Patient': panel.dataset.photoPatient, 'Photo-Moment': panel.dataset.photoMoment, 'Photo-View': panel.dataset.photoView };
              if (token) headers.RequestVerificationToken = panel.querySelector('input[name="__RequestVerificationToken"]').value;
              const answer = await fetch(panel.dataset.photoUpload, { method: 'POST', body: bytes, headers });
              return `${answer.status} ${(await answer.json()).message}`;
            }
            """,
            new object[] { bytes.Length, bytes.Length > 1_000_000 ? "" : Convert.ToBase64String(bytes), token }).WaitAsync(Page.Patience);
    }

    private static async Task DrawAsync(IPage page)
    {
        var field = page.Locator("[data-sign]");
        await field.ScrollIntoViewIfNeededAsync();
        await page.EvaluateAsync("() => document.querySelector('[data-sign]').scrollIntoView({ block: 'center' })");
        var box = (await field.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 30, box.Y + (box.Height * 0.7f));
        await page.Mouse.DownAsync();
        for (var step = 0; step < 24; step++)
        {
            await page.Mouse.MoveAsync(box.X + 30 + (step * 9), box.Y + (box.Height * (0.5f + (step % 2 == 0 ? 0.2f : -0.2f))));
        }

        await page.Mouse.UpAsync();
        Assert.StartsWith("M", await page.Locator(".sign-pad input").InputValueAsync(), StringComparison.Ordinal);
    }
}
