using System.Net;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Account;

/// <summary>A locked screen must not stand between a hand and the number.</summary>
public sealed class EmergencyTests
{
    [Fact]
    public async Task Signed_out_the_card_says_whom_to_call_and_what_to_do_and_the_sign_in_page_leads_there()
    {
        await using var portal = new Portal { Demo = true };
        using var browser = portal.Browser();

        var card = await browser.GetAsync(new Uri("/emergency", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, card.StatusCode);
        var words = WebUtility.HtmlDecode(await card.Content.ReadAsStringAsync());
        var (number, kit) = (portal.Services.GetRequiredService<ClinicCardSource>().Current.EmergencyNumber, portal.Services.GetRequiredService<ClinicCardSource>().Current.EmergencyKit);
        Assert.NotEmpty(number);
        Assert.NotEmpty(kit);
        Assert.Contains(kit, words, StringComparison.Ordinal);
        Assert.Contains($"href=\"tel:{number}\"", words, StringComparison.Ordinal);
        foreach (var act in EmergencyAct.Of(portal.Services.GetRequiredService<RuleBook>()))
        {
            Assert.Contains(act.Title, words, StringComparison.Ordinal);
            Assert.Contains(act.Signs, words, StringComparison.Ordinal);
            Assert.Contains(act.Act, words, StringComparison.Ordinal);
        }

        Assert.Contains("href=\"emergency\"", await browser.GetStringAsync(new Uri("/account/login", UriKind.Relative)), StringComparison.Ordinal);
    }
}
