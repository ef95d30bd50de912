using System.Security.Claims;
using MesoClinic.Web.Components.Account;
using Xunit;

namespace MesoClinic.Web.Tests.Account;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\tevil")]
    [InlineData("/%0d%0aSet-Cookie:x=1")]
    [InlineData("today")]
    [InlineData("/account/logout")]
    [InlineData("")]
    [InlineData(null)]
    public void Only_a_path_of_this_portal_is_followed(string? url) => Assert.Equal("/", ReturnUrl.Safe(url));

    [Theory]
    [InlineData("/today")]
    [InlineData("/patients?query=ann%20lee&page=2")]
    public void A_path_of_this_portal_is_kept(string url) => Assert.Equal(url, ReturnUrl.Safe(url));

    [Theory]
    [InlineData("/today", "Cosmetologist")]
    [InlineData("/complications", "Manager")]
    [InlineData("/me", "Patient")]
    [InlineData("/today", "Patient", "Manager", "Cosmetologist")]
    [InlineData("/complications", "Patient", "Manager")]
    [InlineData("/account/denied")]
    public void The_start_page_follows_the_role(string page, params string[] roles) =>
        Assert.Equal(page, HomePage.Of(new ClaimsPrincipal(new ClaimsIdentity(roles.Select(role => new Claim(ClaimTypes.Role, role)), "test"))));

    [Fact]
    public void A_stranger_starts_at_the_sign_in_page() => Assert.Equal("/account/login", HomePage.Of(new ClaimsPrincipal(new ClaimsIdentity())));
}
