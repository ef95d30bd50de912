using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>POST /api/assess and GET /api/knowledge, as another program meets them.</summary>
[Collection(DemoPortalCollection.Name)]
public sealed class AssessEndpointTests(DemoPortal demo)
{
    private const string Plan = """ "plan":{"indication":"ind-wrinkles","areas":["forehead"],"technique":"tech-nappage","ingredients":["ing-hyaluronic-acid"]} """;

    [Fact]
    public async Task Refuses_a_patient_on_an_anticoagulant_with_evidence_and_sources()
    {
        using var answer = await AskAsync("""{"date":"2026-07-10","historyComplete":true,"patient":{"birthDate":"1990-05-01","sex":"female","medications":[{"atc":"B01AF01"}]},""" + Plan + "}");
        Assert.Equal("refuse", answer.RootElement.GetProperty("decision").GetString());
        var finding = answer.RootElement.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("rule").GetString() == "ci-anticoagulant-current");
        Assert.Contains("B01AF01", finding.GetProperty("because").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, finding.GetProperty("sources").GetArrayLength());
        Assert.StartsWith("sha256:", answer.RootElement.GetProperty("ruleBook").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allows_the_same_plan_without_the_medicine()
    {
        using var answer = await AskAsync("""{"date":"2026-07-10","historyComplete":true,"patient":{"birthDate":"1990-05-01","sex":"female"},""" + Plan + "}");
        Assert.Equal("allow", answer.RootElement.GetProperty("decision").GetString());
        Assert.Equal(0, answer.RootElement.GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public async Task Names_what_is_missing_when_the_history_is_not_complete()
    {
        using var answer = await AskAsync("""{"date":"2026-07-10","patient":{"birthDate":"1990-05-01","sex":"female"},""" + Plan + "}");
        Assert.Equal("incomplete", answer.RootElement.GetProperty("decision").GetString());
        var missing = answer.RootElement.GetProperty("missing").EnumerateArray().Select(item => item.GetString()).ToList();
        Assert.Contains("q-epilepsy", missing);
        Assert.Contains("medications", missing);
    }

    [Theory]
    [InlineData("""{"date":"2026-02-30"}""", "date")]
    [InlineData("""{"date":"2026-07-10","plan":{"ingredients":["ing-hyaluronic"]}}""", "ing-hyaluronic-acid")]
    [InlineData("""{"date":"2026-07-10","patient":{"conditions":[{"icd10":"G409"}]}}""", "icd10")]
    [InlineData("""{"date":"2026-07-10","patient":{"medications":[{"atc":"B01"}, {"atc":"nonsense"}]}}""", "medications[1].atc")]
    [InlineData("""{"date":"2026-07-10","colour":"blue"}""", "colour")]
    [InlineData("""{"date":""", "")]
    public async Task Names_each_wrong_field(string body, string named)
    {
        using var response = await PostAsync(body, "demo");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_a_key_and_refuses_a_body_that_is_too_large()
    {
        using var keyless = await PostAsync("{}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        using var wrong = await PostAsync("{}", "not-a-key");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var large = await PostAsync($$"""{"date":"2026-07-10","note":"{{new string('x', 300_000)}}"}""", "demo");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Lists_all_ids_with_titles_and_sources()
    {
        using var http = Client("demo");
        var text = await http.GetStringAsync(new Uri("/api/knowledge", UriKind.Relative));
        Assert.Contains("ci-anticoagulant-current", text, StringComparison.Ordinal);
        Assert.Contains("ing-hyaluronic-acid", text, StringComparison.Ordinal);
    }

    private async Task<JsonDocument> AskAsync(string body)
    {
        using var response = await PostAsync(body, "demo");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? key)
    {
        using var http = Client(key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri("/api/assess", UriKind.Relative), content);
    }

    private HttpClient Client(string? key)
    {
        var http = new HttpClient { BaseAddress = demo.Portal.Address };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
