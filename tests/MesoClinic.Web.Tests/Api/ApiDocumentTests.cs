using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MesoClinic.Web.Tests.Api;

/// <summary>The OpenAPI document says what the endpoints do.</summary>
[Collection(ApiProgramCollection.Name)]
public sealed partial class ApiDocumentTests(ApiProgram api)
{
    [Fact]
    public async Task It_names_the_four_endpoints_and_their_key()
    {
        var document = await api.DocumentAsync();

        Assert.Equal(["/api/aftercare", "/api/assess", "/api/knowledge", "/api/triage"], document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]);
        Assert.NotNull(document["security"]![0]!["apiKey"]);
        Assert.Equal("/", (string?)document["servers"]![0]!["url"]);
    }

    [Theory]
    [InlineData("assess", 4)]
    [InlineData("aftercare", 2)]
    [InlineData("triage", 2)]
    public async Task Every_example_is_answered_as_its_schema_says(string endpoint, int count)
    {
        var document = await api.DocumentAsync();
        var operation = document["paths"]![$"/api/{endpoint}"]!["post"]!;
        var examples = operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();
        Assert.Equal(count, examples.Count);
        foreach (var (_, example) in examples)
        {
            var answer = await api.PostAsync(endpoint, example!["value"]!.ToJsonString());

            Assert.True(answer.Status == 200, answer.Body.ToJsonString());
            ShouldMatch(answer.Body, operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!, document);
        }
    }

    [Fact]
    public async Task Every_command_of_the_manual_is_answered()
    {
        var commands = Command().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"))).ToList();

        Assert.Equal(["assess", "aftercare", "triage"], commands.Select(command => command.Groups["endpoint"].Value));
        Assert.All(
            await Task.WhenAll(commands.Select(command => api.PostAsync(command.Groups["endpoint"].Value, command.Groups["body"].Value))),
            answer => Assert.True(answer.Status == 200, answer.Body.ToJsonString()));
    }

    [Fact]
    public async Task The_lists_of_ids_are_as_their_schema_says()
    {
        var document = await api.DocumentAsync();

        ShouldMatch((await api.SendAsync(HttpMethod.Get, "knowledge", api.Key)).Body, document["paths"]!["/api/knowledge"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!, document);
    }

    [Theory]
    [InlineData("stage", "booking visit start")]
    [InlineData("purpose", "session allergy-test consultation follow-up")]
    [InlineData("hemisphere", "north south tropics")]
    [InlineData("plan.administration", "tech-manual tech-device")]
    [InlineData("plan.injectionSpeed", "slow fast")]
    [InlineData("plan.setting", "clinic home self non-clinic")]
    [InlineData("patient.sex", "unknown female male other")]
    public async Task Closed_words_are_listed_and_each_of_them_is_understood(string path, string words)
    {
        var document = await api.DocumentAsync();
        var schema = document["paths"]!["/api/assess"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        foreach (var step in path.Split('.'))
        {
            schema = schema["properties"]![step]!;
        }

        Assert.Equal(words.Split(' '), schema["enum"]!.AsArray().Select(word => (string?)word).OfType<string>());
        foreach (var word in words.Split(' '))
        {
            var body = JsonNode.Parse(ApiFields.BodyWith(path, $"\"{word}\""))!;
            body["date"] = "2026-07-10";
            Assert.Equal(200, (await api.PostAsync("assess", body.ToJsonString())).Status);
        }
    }

    /// <summary>As far as these schemas go: references, closed words, kinds, and no field more or less.</summary>
    private static void ShouldMatch(JsonNode? value, JsonNode schema, JsonNode document)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        }

        switch (value)
        {
            case JsonObject when schema["additionalProperties"] is { } each:
                Assert.All(value.AsObject(), field => ShouldMatch(field.Value, each, document));
                break;
            case JsonObject:
                var names = value.AsObject().Select(field => field.Key).ToList();
                Assert.Empty(names.Except(schema["properties"]!.AsObject().Select(property => property.Key), StringComparer.Ordinal));
                Assert.Empty(schema["required"]!.AsArray().Select(name => (string)name!).Except(names, StringComparer.Ordinal));
                Assert.All(value.AsObject(), field => ShouldMatch(field.Value, schema["properties"]![field.Key]!, document));
                break;
            case JsonArray:
                Assert.All(value.AsArray(), item => ShouldMatch(item, schema["items"]!, document));
                break;
            case not null when schema["enum"] is JsonArray words:
                Assert.Contains((string?)value, words.Select(word => (string?)word));
                break;
            default:
                var kind = value?.GetValueKind() switch { null => "null", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean", System.Text.Json.JsonValueKind.Number => "number", _ => "string" };
                Assert.Contains($"\"{kind}\"", schema["type"]!.ToJsonString(), StringComparison.Ordinal);
                break;
        }
    }

    [GeneratedRegex("curl [^\n]*/api/(?<endpoint>[a-z]+)[^\n]* -d '(?<body>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
