using System.Text.Json.Nodes;
using MesoClinic.Data.Seeding;

namespace MesoClinic.Rules.Tests.Seeds;

/// <summary>A bad file stops the start with an error that names file, row and field.</summary>
public sealed class BadSeedTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("seeds-").FullName;

    public BadSeedTests()
    {
        foreach (var file in Directory.GetFiles(Shipped.Folder, "*.json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, string, string, string> Mistakes() => new()
    {
        // file, row, path of the value to set ("-path" removes it), field in the message
        { "contraindications.json", "ci-epilepsy", "colour=\"red\"", "colour" },
        { "contraindications.json", "ci-epilepsy", "-title", "title" },
        { "contraindications.json", "ci-epilepsy", "title=null", "title" },
        { "contraindications.json", "ci-epilepsy", "action=\"forbid\"", "action" },
        { "contraindications.json", "ci-epilepsy", "action=3", "action" },
        { "contraindications.json", "ci-epilepsy", "override=\"any-clinician\"", "override" },
        { "contraindications.json", "ci-epilepsy", "alternatives=[\"alt-magic\"]", "alternatives" },
        { "contraindications.json", "ci-epilepsy", "sources=[\"doc-9\"]", "sources" },
        { "contraindications.json", "ci-epilepsy", "sources=[]", "sources" },
        { "contraindications.json", "ci-epilepsy", "conflicts=[\"conf-none\"]", "conflicts" },
        { "contraindications.json", "ci-epilepsy", "detect={}", "detect" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"horoscope\"}]}", "detect.any[0]" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"icd10\"}]}", "detect.any[0].prefixes" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"icd10\",\"prefixes\":[\"epilepsy\"]}]}", "detect.any[0].prefixes" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"answer\",\"question\":\"q-none\",\"is\":\"yes\"}]}", "detect.any[0].question" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"answer\",\"question\":\"q-epilepsy\",\"is\":\"maybe\"}]}", "detect.any[0].is" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"medication\",\"classes\":[\"sweets\"],\"state\":\"current\"}]}", "detect.any[0].classes" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"medication\",\"classes\":[\"nsaid\"],\"state\":\"within-days\"}]}", "detect.any[0].days" },
        { "contraindications.json", "ci-epilepsy", "detect={\"any\":[{\"type\":\"event\",\"kind\":\"party\",\"direction\":\"past\",\"withinDays\":3}]}", "detect.any[0].kind" },
        { "contraindications.json", "ci-epilepsy", "detect={\"all\":[{\"type\":\"plan-flag\",\"field\":\"durationMin\",\"is\":true}]}", "detect.all[0].field" },
        { "technique-rules.json", "tr-duration", "detect={\"all\":[{\"type\":\"plan-number\",\"field\":\"shoeSize\",\"op\":\"gt\",\"value\":3}]}", "detect.all[0].field" },
        { "incompatible-pairs.json", "ic-vitaminc-copper", "second={\"ingredients\":[\"ing-gold\"]}", "second.ingredients" },
        { "incompatible-pairs.json", "ic-vitaminc-copper", "second={}", "second" },
        { "medications.json", "med-warfarin", "classes=[\"sweets\"]", "classes" },
        { "medications.json", "med-warfarin", "atc=[\"warfarin\"]", "atc" },
        { "medications.json", "med-warfarin", "washoutDays=\"five\"", "washoutDays" },
        { "allergens.json", "alg-parabens", "crossReactsWith=[\"alg-none\"]", "crossReactsWith" },
        { "ingredients.json", "ing-procaine", "allergens=[\"alg-none\"]", "allergens" },
        { "ingredients.json", "ing-procaine", "status=\"tasty\"", "status" },
        { "alternatives.json", "alt-phonophoresis", "notOfferedWith=[\"ci-none\"]", "notOfferedWith" },
        { "indications.json", "ind-wrinkles", "techniques=[\"tech-none\"]", "techniques" },
        { "preparation.json", "pre-no-sun", "rule=\"ci-none\"", "rule" },
        { "aftercare.json", "ac-no-sauna", "toHours=0", "toHours" },
        { "complications.json", "cx-erythema", "followUp=[\"fu-never\"]", "followUp" },
        { "triage.json", "tg-fever", "symptom=\"boredom\"", "symptom" },
        { "conflicts.json", "conf-sauna", "affects=[\"ac-none\"]", "affects" },
        { "seed-coverage.json", "seedfact-001", "coveredBy=[]", "coveredBy" },
        { "seed-coverage.json", "seedfact-001", "usedBy=[]", "usedBy" },
        { "seed-coverage.json", "seedfact-001", "usedBy=[\"somewhere\"]", "usedBy" },
        { "seed-coverage.json", "seedfact-001", "usedBy=[\"rule:ci-epilepsy\"]", "usedBy" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_with_its_place(string file, string row, string change, string field)
    {
        Edit(file, rows => Apply(rows.First(r => string.Equals((string?)r!["id"], row, StringComparison.Ordinal))!.AsObject(), change));

        var error = Assert.Throws<SeedException>(() => SeedLoader.Load(folder));

        Assert.Equal((file, row, field), (error.File, error.Row, error.Field));
        Assert.StartsWith($"seeds/{file}: {row}: {field}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_stands_twice_is_refused()
    {
        Edit("allergens.json", rows => rows.Add(rows[0]!.DeepClone()));

        var error = Assert.Throws<SeedException>(() => SeedLoader.Load(folder));

        Assert.Equal(("allergens.json", "alg-sulfites", "id"), (error.File, error.Row, error.Field));
    }

    [Fact]
    public void A_mistake_in_a_question_names_the_question()
    {
        var path = Path.Combine(folder, "questions.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        root["questions"]![3]!["askedAt"] = "sometime";
        File.WriteAllText(path, root.ToJsonString());

        var error = Assert.Throws<SeedException>(() => SeedLoader.Load(folder));

        Assert.Equal(("questions.json", "q-anaphylaxis-ever", "questions[3].askedAt"), (error.File, error.Row, error.Field));
    }

    [Fact]
    public void A_file_that_is_no_json_names_the_line()
    {
        File.WriteAllText(Path.Combine(folder, "areas.json"), "[\n  { \"id\": \"forehead\",, }\n]");

        var error = Assert.Throws<SeedException>(() => SeedLoader.Load(folder));

        Assert.Equal(("areas.json", "line 2"), (error.File, error.Row));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        File.Delete(Path.Combine(folder, "triage.json"));

        Assert.Equal("triage.json", Assert.Throws<SeedException>(() => SeedLoader.Load(folder)).File);
    }

    [Fact]
    public void A_property_that_stands_twice_is_refused()
    {
        var path = Path.Combine(folder, "areas.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"title\": \"Forehead\"", "\"title\": \"Forehead\", \"title\": \"Brow\"", StringComparison.Ordinal));

        Assert.Equal("areas.json", Assert.Throws<SeedException>(() => SeedLoader.Load(folder)).File);
    }

    private void Edit(string file, Action<JsonArray> edit)
    {
        var path = Path.Combine(folder, file);
        var rows = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
        edit(rows);
        File.WriteAllText(path, rows.ToJsonString());
    }

    private static void Apply(JsonObject row, string change)
    {
        if (change.StartsWith('-'))
        {
            row.Remove(change[1..]);
            return;
        }
        var at = change.IndexOf('=', StringComparison.Ordinal);
        row[change[..at]] = JsonNode.Parse(change[(at + 1)..]);
    }
}
