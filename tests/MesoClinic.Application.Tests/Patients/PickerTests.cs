using MesoClinic.Application.Patients;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Patients;

public sealed class PickerTests
{
    [Fact]
    public async Task Conditions_are_found_by_word_synonym_and_code_and_a_code_outside_the_list_is_offered()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var irina = await clinic.AddCosmetologistAsync();

        async Task<IReadOnlyList<FindConditions.Row>> FindAsync(string text) => (await clinic.SendAsync(irina, new FindConditions.Query(text))).Value!;
        Assert.StartsWith("L40", (await FindAsync("psoriasis"))[0].Code, StringComparison.Ordinal);
        Assert.Equal("B00.1", (await FindAsync("herpes lab"))[0].Code);
        Assert.Equal("E03.9", (await FindAsync("hypothyr"))[0].Code);
        Assert.Equal("G40.9", (await FindAsync("g40"))[0].Code);
        Assert.Equal(new FindConditions.Row("X99.9", ""), Assert.Single(await FindAsync("x99.9")));
        Assert.Empty(await FindAsync("qqqq"));
    }

    [Fact]
    public async Task Medicines_are_found_by_generic_brand_and_code_and_a_name_alone_can_be_kept()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var irina = await clinic.AddCosmetologistAsync();

        async Task<IReadOnlyList<FindMedications.Row>> FindAsync(string text) => (await clinic.SendAsync(irina, new FindMedications.Query(text))).Value!;
        Assert.Equal("med-warfarin", (await FindAsync("warf"))[0].KnowledgeId);
        Assert.Equal("med-warfarin", (await FindAsync("Coumadin"))[0].KnowledgeId);
        Assert.Equal("med-warfarin", (await FindAsync("b01aa03"))[0].KnowledgeId);
        Assert.Equal(new FindMedications.Row(null, "S01XA20", "S01XA20", ""), (await FindAsync("s01xa20"))[^1]);
        Assert.Equal(new FindMedications.Row(null, null, "Curcuma forte", ""), Assert.Single(await FindAsync("Curcuma forte")));
    }

    [Fact]
    public void Every_code_that_a_rule_reads_can_be_picked()
    {
        var knowledge = TestClinic.Book.Value.Knowledge;
        var json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds", "contraindications.json"));
        using var rules = System.Text.Json.JsonDocument.Parse(json);
        var prefixes = Prefixes(rules.RootElement).ToHashSet(StringComparer.Ordinal);

        Assert.True(prefixes.Count > 200);
        Assert.All(prefixes, prefix => Assert.Contains(knowledge.Icd10, row => row.Code.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Prefixes(System.Text.Json.JsonElement element) => element.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Array => element.EnumerateArray().SelectMany(Prefixes),
        System.Text.Json.JsonValueKind.Object => element.EnumerateObject().SelectMany(field =>
            field.Name == "prefixes" ? field.Value.EnumerateArray().Select(value => value.GetString()!) : Prefixes(field.Value)),
        _ => [],
    };
}
