using System.Text.Json.Nodes;

namespace MesoClinic.Web.Tests.Api;

/// <summary>What another program sends wrong is named, all at once, and never breaks anything.</summary>
[Collection(ApiProgramCollection.Name)]
public sealed class ApiRequestTests(ApiProgram api)
{
    public static TheoryData<string, string, string, string> WrongValues()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var field in ApiFields.WithWrongValues())
        {
            data.Add(field.Endpoint, field.Path, field.Wrong, field.Named);
        }

        return data;
    }

    public static TheoryData<string, string, string> Objects()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var found in ApiFields.AllObjects())
        {
            data.Add(found.Endpoint, found.Path, found.Fields);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_wrong_type_is_named_by_its_field(string endpoint, string path, string wrong, string named)
    {
        var answer = await api.PostAsync(endpoint, ApiFields.BodyWith(path, wrong));

        Assert.Equal(400, answer.Status);
        Assert.True(answer.IsProblem);
        Assert.Contains(named, answer.Errors.Keys);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task A_field_that_is_not_known_is_named_with_those_that_are(string endpoint, string path, string fields)
    {
        var answer = await api.PostAsync(endpoint, ApiFields.BodyWith(path, """{"colour":"blue"}"""));

        Assert.Equal(400, answer.Status);
        Assert.EndsWith($"Known here: {fields}.", answer.Errors[path.Length == 0 ? "colour" : $"{path}.colour"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assess", "patient.allergies", """["alg-sulphites"]""", "patient.allergies[0]", "alg-sulfites")]
    [InlineData("assess", "patient.medications[0].id", "\"med-rivaroxiban\"", "patient.medications[0].id", "med-rivaroxaban")]
    [InlineData("assess", "patient.events[0].kind", "\"botulinum\"", "patient.events[0].kind", "botulinum-toxin")]
    [InlineData("assess", "patient.answers", """{"q-pregnent":"no"}""", "patient.answers.q-pregnent", "q-pregnant")]
    [InlineData("assess", "patient.vitals", """{"temperature":36.6}""", "patient.vitals.temperature", "temperature_c")]
    [InlineData("assess", "plan.indication", "\"ind-wrinkle\"", "plan.indication", "ind-wrinkles")]
    [InlineData("assess", "plan.technique", "\"tech-napage\"", "plan.technique", "tech-nappage")]
    [InlineData("assess", "plan.doses[0].ingredient", "\"ing-procain\"", "plan.doses[0].ingredient", "ing-procaine")]
    [InlineData("aftercare", "sessions[0].areas", """["forhead"]""", "sessions[0].areas[0]", "forehead")]
    [InlineData("aftercare", "sessions[0].ingredients", """["ing-hyaluronic"]""", "sessions[0].ingredients[0]", "ing-hyaluronic-acid")]
    [InlineData("aftercare", "sessions[0].technique", "\"tech-papula\"", "sessions[0].technique", "tech-papular")]
    [InlineData("aftercare", "patient.allergies", """["alg-paraben"]""", "patient.allergies[0]", "alg-parabens")]
    [InlineData("triage", "symptom", "\"sweling\"", "symptom", "swelling")]
    [InlineData("triage", "modifiers", """{"tren":"fading"}""", "modifiers.tren", "trend")]
    public async Task An_unknown_id_is_named_with_the_nearest_known(string endpoint, string path, string value, string named, string nearest)
    {
        var answer = await api.PostAsync(endpoint, ApiFields.BodyWith(path, value));

        Assert.Equal(400, answer.Status);
        Assert.StartsWith("Unknown id. The nearest known: ", answer.Errors[named], StringComparison.Ordinal);
        Assert.Contains(nearest, answer.Errors[named], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var answer = await api.PostAsync("triage", """{"symptom":"sweling","onsetHours":-2,"durationHours":"80","severity":"bad","modifiers":{"trend":true,"warm":3},"colour":1}""");

        Assert.Equal(["colour", "durationHours", "modifiers.trend", "modifiers.warm", "onsetHours", "severity", "symptom"], answer.Errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("assess", "{}", "date")]
    [InlineData("aftercare", "{}", "sessions")]
    [InlineData("aftercare", """{"sessions":null}""", "sessions")]
    [InlineData("aftercare", """{"sessions":[{}]}""", "sessions[0].end")]
    [InlineData("aftercare", """{"sessions":[{"end":"2026-07-10T15:30:00"}]}""", "sessions[0].end")]
    [InlineData("aftercare", """{"sessions":[{"end":"2026-07-10T15:30:00+02:00"}],"patient":{"birthDate":"2026-07-11"}}""", "patient.birthDate")]
    [InlineData("triage", "{}", "symptom")]
    [InlineData("triage", """{"symptom":null}""", "symptom")]
    [InlineData("triage", "[]", "$")]
    [InlineData("triage", "null", "$")]
    [InlineData("triage", "{", "$")]
    [InlineData("triage", "", "$")]
    [InlineData("triage", """{"symptom":"pus","symptom":"fever"}""", "$")]
    [InlineData("triage", """{"symptom":"\ud800"}""", "$")]
    public async Task What_is_needed_and_what_is_impossible_is_named(string endpoint, string body, string named)
    {
        var answer = await api.PostAsync(endpoint, body);

        Assert.Equal(400, answer.Status);
        Assert.True(answer.IsProblem);
        Assert.Contains(named, answer.Errors.Keys);
    }

    [Fact]
    public async Task More_than_a_hundred_sessions_are_refused()
    {
        var sessions = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => JsonNode.Parse("""{"end":"2026-07-10T15:30:00+02:00"}"""))]);

        Assert.Contains("at most 100", (await api.PostAsync("aftercare", new JsonObject { ["sessions"] = sessions }.ToJsonString())).Errors["sessions"], StringComparison.Ordinal);
    }
}
