using System.Text.Json.Nodes;
using FsCheck.Fluent;
using MesoClinic.Web.Api;

namespace MesoClinic.Web.Tests.Api;

/// <summary>POST /api/aftercare and POST /api/triage, GET /api/knowledge, as another program meets them.</summary>
[Collection(ApiProgramCollection.Name)]
public sealed class ApiAnswersTests(ApiProgram api)
{
    private const string Session = """ "sessions":[{"end":"2026-07-10T15:30:00+02:00","areas":["forehead"],"ingredients":["ing-hyaluronic-acid"]}] """;

    [Fact]
    public async Task Aftercare_says_what_is_allowed_when_and_why()
    {
        var answer = await AskAsync("aftercare", $$"""{{{Session}}, "at":"2026-07-11T09:00:00+02:00"}""");

        var sauna = Item(answer, "ac-no-sauna")!;
        Assert.False((bool)sauna["do"]!);
        Assert.Equal("not-allowed", (string?)sauna["now"]);
        Assert.Equal("2026-07-10T15:30:00+02:00", (string?)sauna["from"]);
        Assert.All(answer["items"]!.AsArray(), item => Assert.True(item!["sources"]!.AsArray().Count > 0 && ((string?)item["text"])!.Length > 0 && ((string?)item["why"])!.Length > 0));
        var ends = answer["items"]!.AsArray().Where(item => !(bool)item!["do"]!).Max(item => DateTimeOffset.Parse((string)item!["until"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(ends, DateTimeOffset.Parse((string)answer["allClear"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_ban_has_ended_when_it_is_asked_about_later()
    {
        var answer = await AskAsync("aftercare", $$"""{{{Session}}, "at":"2026-12-24T09:00:00+01:00"}""");

        Assert.All(answer["items"]!.AsArray(), item => Assert.Equal("allowed", (string?)item!["now"]));
    }

    [Fact]
    public async Task Without_an_instant_now_is_meant()
    {
        var soon = DateTimeOffset.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

        var answer = await AskAsync("aftercare", $$"""{"sessions":[{"end":"{{soon}}"}]}""");

        Assert.Equal("not-allowed", (string?)Item(answer, "ac-no-sauna")!["now"]);
    }

    [Theory]
    [InlineData("alg-dexpanthenol", "ac-healing-ointment")]
    [InlineData("alg-chlorhexidine", "ac-antiseptic-wipe")]
    [InlineData("alg-heparin", "ac-bruise-ointment")]
    public async Task What_a_patient_is_allergic_to_is_never_recommended_to_them(string allergen, string recommendation)
    {
        Assert.NotNull(Item(await AskAsync("aftercare", $$"""{{{Session}}}"""), recommendation));
        Assert.Null(Item(await AskAsync("aftercare", $$"""{{{Session}}, "patient":{"allergies":["{{allergen}}"] } }"""), recommendation));
    }

    [Fact]
    public async Task A_ban_on_what_the_patient_must_avoid_in_any_case_has_no_end()
    {
        var herbs = Item(await AskAsync("aftercare", $$"""{{{Session}}, "patient":{"allergies":["alg-asteraceae"]}, "at":"2026-12-24T09:00:00+01:00"}"""), "ac-herbal-compress")!;

        Assert.Null(herbs["until"]);
        Assert.Equal("not-allowed", (string?)herbs["now"]);
    }

    [Fact]
    public async Task Nothing_is_said_about_no_session()
    {
        var answer = await AskAsync("aftercare", """{"sessions":[]}""");

        Assert.Empty(answer["items"]!.AsArray());
        Assert.Null(answer["allClear"]);
    }

    [Theory]
    [InlineData("""{"symptom":"redness","onsetHours":0,"durationHours":5,"severity":"mild","modifiers":{"trend":"fading"}}""", "self-care")]
    [InlineData("""{"symptom":"pus","durationHours":12,"severity":"mild"}""", "see-doctor-today")]
    [InlineData("""{"symptom":"dyspnoea","severity":"mild"}""", "emergency")]
    public async Task Triage_answers_with_level_rules_and_advice(string body, string level)
    {
        var answer = await AskAsync("triage", body);

        Assert.Equal(level, (string?)answer["level"]);
        Assert.StartsWith("tg-", (string?)answer["rules"]![0], StringComparison.Ordinal);
        Assert.NotEqual("", (string?)answer["advice"]);
    }

    [Theory]
    [InlineData("\"yes\"", "true")]
    [InlineData("\"no\"", "false")]
    public async Task True_and_false_mean_yes_and_no(string word, string flag)
    {
        var spoken = await AskAsync("triage", $$"""{"symptom":"redness","onsetHours":2,"durationHours":5,"severity":"mild","modifiers":{"spreading":{{word}},"severe_malaise":{{word}} } }""");
        var flagged = await AskAsync("triage", $$"""{"symptom":"redness","onsetHours":2,"durationHours":5,"severity":"mild","modifiers":{"spreading":{{flag}},"severe_malaise":{{flag}} } }""");

        Assert.Equal(spoken.ToJsonString(), flagged.ToJsonString());
    }

    [Fact]
    public async Task A_severity_that_is_not_given_counts_as_severe()
    {
        var severe = await AskAsync("triage", """{"symptom":"swelling","severity":"severe"}""");

        Assert.Equal(severe.ToJsonString(), (await AskAsync("triage", """{"symptom":"swelling","severity":null}""")).ToJsonString());
        Assert.Equal(severe.ToJsonString(), (await AskAsync("triage", """{"symptom":"swelling"}""")).ToJsonString());
    }

    [Fact]
    public async Task Knowledge_lists_every_table_with_titles_options_and_sources()
    {
        var answer = await api.SendAsync(HttpMethod.Get, "knowledge", api.Key);
        var tables = answer.Body["tables"]!.AsObject();

        Assert.Equal(200, answer.Status);
        Assert.All(tables, table => Assert.NotEmpty(table.Value!.AsArray()));
        Assert.All(tables.SelectMany(table => table.Value!.AsArray()), row => Assert.True(((string?)row!["id"])!.Length > 0 && ((string?)row["title"])!.Length > 0));
        Assert.Equal(
            ["fading", "persisting-or-worsening", "growing"],
            tables["modifiers"]!.AsArray().Single(row => (string?)row!["id"] == "trend")!["options"]!.AsArray().Select(option => (string?)option));
        Assert.All(tables["questions"]!.AsArray(), row => Assert.True(row!["options"]!.AsArray().Count > 1));
        Assert.Contains(tables["symptoms"]!.AsArray(), row => (string?)row!["id"] == "pus");
        Assert.Contains(tables["eventKinds"]!.AsArray(), row => (string?)row!["id"] == "botulinum-toxin");
        var sources = answer.Body["sources"]!.AsArray().Select(source => (string?)source!["key"]).ToHashSet(StringComparer.Ordinal);
        Assert.All(tables["contraindications"]!.AsArray(), row => Assert.All(row!["sources"]!.AsArray(), source => Assert.Contains((string?)source, sources)));
    }

    [Fact]
    public async Task No_body_breaks_an_endpoint()
    {
        foreach (var (endpoint, examples) in new[] { ("assess", ApiExamples.Assess), ("aftercare", ApiExamples.Aftercare), ("triage", ApiExamples.Triage) })
        {
            var statuses = new List<int>();
            foreach (var body in RandomBodies.Damaged(examples).Sample(200).Concat(RandomBodies.Invented.Sample(100)))
            {
                var answer = await api.PostAsync(endpoint, body);
                Assert.True(answer.Status == 200 || answer is { Status: 400, IsProblem: true }, $"{endpoint} answered {answer.Status} to {body}");
                statuses.Add(answer.Status);
            }

            Assert.Contains(200, statuses);
            Assert.Contains(400, statuses);
        }
    }

    private static JsonNode? Item(JsonNode answer, string id) => answer["items"]!.AsArray().SingleOrDefault(item => (string?)item!["id"] == id);

    private async Task<JsonNode> AskAsync(string endpoint, string body)
    {
        var answer = await api.PostAsync(endpoint, body);
        Assert.True(answer.Status == 200, answer.Body.ToJsonString());
        return answer.Body;
    }
}
