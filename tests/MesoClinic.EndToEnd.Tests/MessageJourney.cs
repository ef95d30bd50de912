using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MesoClinic.EndToEnd.Tests;

[Collection(DemoPortalCollection.Name)]
public sealed class MessageJourney(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public async Task A_booking_writes_the_patient_an_e_mail_without_a_word_of_health()
    {
        var page = await Demo.SignInAsync(DemoPortal.Cosmetologist);
        await page.GotoAsync("/booking/new");
        await page.ChooseAsync("patient", "Oyelaran");
        await page.Locator("label").Filter(new() { HasText = "Consultation" }).First.ClickAsync();
        await Expect(page.GetByLabel("Send a confirmation. It holds no health details, only a link.")).ToBeCheckedAsync();
        await page.Locator("button.slot").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Book ") }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/appointments/[0-9a-f-]{36}$"));
        var appointment = page.Url[^36..];

        var mail = await MailAboutAsync(appointment);
        Assert.Contains("patient@demo.example", mail, StringComparison.Ordinal);
        Assert.Contains("/me/appointments", mail, StringComparison.Ordinal);
        Assert.All(
            new[] { "consult", "treat", "inject", "session", "skin", "health", "questionnaire", "Volkova", "Room" },
            word => Assert.DoesNotContain(word, mail, StringComparison.OrdinalIgnoreCase));

        await page.ReloadAsync();
        await Expect(page.GetByText("Written as a file")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        var manager = await Demo.SignInAsync(DemoPortal.Manager);
        await manager.GotoAsync("/messages");
        await manager.ShouldBeAccessibleAsync();
    }

    /// <summary>The message's text, with its calendar file read.</summary>
    private async Task<string> MailAboutAsync(string appointment)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.eml") : [])
            {
                var raw = await File.ReadAllTextAsync(file);
                var parts = Regex.Matches(raw, "encoding: base64.*?\r\n\r\n(?<part>[A-Za-z0-9+/=\r\n]+)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture)
                    .Select(part => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Replace(part.Groups["part"].Value, "\\s", "")))).ToList();
                if (parts.Exists(part => part.Contains(appointment, StringComparison.Ordinal)))
                {
                    return raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)] + string.Join('\n', parts);
                }
            }

            await Task.Delay(500);
        }

        throw new TimeoutException("No e-mail was written.");
    }

    private string Folder => Path.Combine(Demo.Portal.Folder, "outbox");
}
