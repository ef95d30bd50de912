using System.Net;
using MesoClinic.Application.Staff;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MesoClinic.Web.Tests.Account;

/// <summary>A portal of its own has whoever is not set up, spends the tries of a minute, or has a sign-in paused.</summary>
public sealed class SignInTests(SetUpPortal shared) : IClassFixture<SetUpPortal>
{
    [Fact]
    public async Task Until_it_is_set_up_every_page_leads_to_the_set_up_page()
    {
        await using var portal = new Portal();
        using var browser = portal.Browser();
        foreach (var page in new[] { "/", "/today", "/account/login", "/me" })
        {
            Assert.Equal("/account/setup", (await browser.GetAsync(new Uri(page, UriKind.Relative))).Headers.Location?.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        await portal.SetUpAsync();
        Assert.Equal("/account/login", (await browser.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.ToString());
        Assert.Equal("/account/login", Path((await browser.GetAsync(new Uri("/account/setup", UriKind.Relative))).Headers.Location));
    }

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        using var browser = shared.Portal.Browser();
        Assert.StartsWith("/account/login?ReturnUrl=%2Fstaff", (await browser.GetAsync(new Uri("/staff", UriKind.Relative))).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        var signedIn = await Portal.SignInAsync(browser, Portal.Email, Portal.Password, "/staff");
        Assert.Equal("/staff", Path(signedIn.Headers.Location));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), value => value.StartsWith("mesoclinic=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Sofia Brandt", await browser.GetStringAsync(new Uri("/staff", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("/complications", (await browser.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("%2f%2fevil.example")]
    public async Task Signing_in_never_leads_away(string returnUrl)
    {
        using var browser = shared.Portal.Browser();
        var location = (await Portal.SignInAsync(browser, Portal.Email, Portal.Password, returnUrl)).Headers.Location!;
        Assert.Equal("/", Path(location));
        Assert.DoesNotContain("evil", location.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_email_is_answered_like_a_wrong_password_until_the_pause_and_in_it()
    {
        await using var portal = new Portal();
        await portal.SetUpAsync();
        using var browser = portal.Browser();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            var known = await AlertAsync(browser, Portal.Email, "not the password");
            Assert.Equal(known, await AlertAsync(browser, "nobody@harrow.example", "not the password"));
            Assert.Contains(attempt < 5 ? "Email or password is not right" : "paused for 15 minutes", known, StringComparison.Ordinal);
        }

        Assert.Contains("paused for 15 minutes", await AlertAsync(browser, Portal.Email, Portal.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_is_not_invited_yet_or_no_longer_open_cannot_be_told_from_a_stranger()
    {
        await using var scope = shared.Portal.Services.CreateAsyncScope();
        var manager = await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().Users.Where(user => user.Email == Portal.Email).Select(user => user.Id).SingleAsync();
        await shared.Portal.SendAsync(new AddStaff.Command { Name = "Irina Volkova", Email = "irina@harrow.example", IsManager = true }, manager);
        using var browser = shared.Portal.Browser();
        Assert.Equal(await AlertAsync(browser, "nobody@harrow.example", "x"), await AlertAsync(browser, "irina@harrow.example", "x"));
    }

    [Fact]
    public async Task More_tries_than_ten_a_minute_get_a_page_that_says_so()
    {
        await using var portal = new Portal { SignInsPerMinute = 10 };
        await portal.SetUpAsync();
        using var browser = portal.Browser();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(HttpStatusCode.OK, (await Portal.SignInAsync(browser, $"a{attempt}@harrow.example", "x")).StatusCode);
        }

        var refused = await Portal.SignInAsync(browser, Portal.Email, Portal.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("Too many tries in one minute", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_needs_the_form_of_the_page_and_then_ends_the_sign_in()
    {
        using var browser = shared.Portal.Browser();
        await Portal.SignInAsync(browser, Portal.Email, Portal.Password);
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(new Uri("/account/logout", UriKind.Relative), nothing)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/staff", UriKind.Relative))).StatusCode);

        var page = await browser.GetStringAsync(new Uri("/staff", UriKind.Relative));
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        Assert.Equal("/account/login", (await browser.PostAsync(new Uri("/account/logout", UriKind.Relative), form)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(new Uri("/staff", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/login")]
    [InlineData("/today")]
    [InlineData("/there-is-no-such-page")]
    [InlineData("/health/live")]
    [InlineData("/css/tokens.css")]
    [InlineData("/_blazor/negotiate")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var browser = shared.Portal.Browser();
        var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
        {
            Assert.Equal("no-store", Header("Cache-Control"));
        }

        string Header(string name) => string.Join(", ", answer.Headers.GetValues(name));
    }

    private static async Task<string> AlertAsync(HttpClient browser, string email, string password)
    {
        var html = await (await Portal.SignInAsync(browser, email, password)).Content.ReadAsStringAsync();
        return html.Split("role=\"alert\"")[1].Split("</div></div>")[0].Split("</form>")[0].Split("<form")[0];
    }

    private static string? Path(Uri? location) => location is null ? null : location.IsAbsoluteUri ? location.PathAndQuery : location.ToString();
}
