using System.Net;
using System.Net.Http.Headers;
using MesoClinic.Web.Tests.Account;

namespace MesoClinic.Web.Tests.Api;

public sealed class ErrorAnswersTests(SetUpPortal shared) : IClassFixture<SetUpPortal>
{
    [Theory]
    [InlineData("GET", "/api", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/assess/more", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/knowledge", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/assess", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/assess", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/assess", HttpStatusCode.Unauthorized)]
    public async Task A_program_is_answered_in_json_whatever_it_asks_for(string method, string path, HttpStatusCode status)
    {
        using var program = shared.Portal.Browser();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var answer = await program.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<html", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_person_is_answered_with_a_page()
    {
        using var browser = shared.Portal.Browser();

        using var answer = await browser.GetAsync(new Uri("/apiary", UriKind.Relative));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("This page is not here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
