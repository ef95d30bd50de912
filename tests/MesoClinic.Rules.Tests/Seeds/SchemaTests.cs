using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Seeds;

/// <summary>The schemas in seeds/schemas are made from the records. Set MESOCLINIC_WRITE_SCHEMAS=1 to write them anew.</summary>
public sealed class SchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Type> Tables = new(StringComparer.Ordinal)
    {
        ["sources"] = typeof(IReadOnlyList<Source>),
        ["vocabulary"] = typeof(Vocabulary),
        ["areas"] = typeof(IReadOnlyList<TreatmentArea>),
        ["questions"] = typeof(QuestionTable),
        ["contraindications"] = typeof(IReadOnlyList<Contraindication>),
        ["technique-rules"] = typeof(IReadOnlyList<TechniqueRule>),
        ["incompatible-pairs"] = typeof(IReadOnlyList<IncompatiblePair>),
        ["alternatives"] = typeof(IReadOnlyList<Alternative>),
        ["techniques"] = typeof(IReadOnlyList<Technique>),
        ["indications"] = typeof(IReadOnlyList<Indication>),
        ["medicine-classes"] = typeof(IReadOnlyList<MedicineClass>),
        ["medications"] = typeof(IReadOnlyList<Medication>),
        ["allergens"] = typeof(IReadOnlyList<Allergen>),
        ["icd10"] = typeof(IReadOnlyList<Icd10Code>),
        ["ingredients"] = typeof(IReadOnlyList<Ingredient>),
        ["asepsis-steps"] = typeof(IReadOnlyList<AsepsisStep>),
        ["preparation"] = typeof(IReadOnlyList<PreparationItem>),
        ["aftercare"] = typeof(IReadOnlyList<AftercareItem>),
        ["complications"] = typeof(IReadOnlyList<Complication>),
        ["causes"] = typeof(IReadOnlyList<Cause>),
        ["grades"] = typeof(IReadOnlyList<Grade>),
        ["follow-ups"] = typeof(IReadOnlyList<FollowUp>),
        ["triage"] = typeof(IReadOnlyList<TriageRule>),
        ["conflicts"] = typeof(IReadOnlyList<SourceConflict>),
        ["seed-coverage"] = typeof(IReadOnlyList<CoveredStatement>),
    };

    public static TheoryData<string> Names() => [.. Tables.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_says_what_its_record_says(string table)
    {
        var path = Path.Combine(Repository.Root, "seeds", "schemas", $"{table}.schema.json");
        var schema = RulesJson.Options.GetJsonSchemaAsNode(Tables[table]).AsObject();
        schema.Insert(0, "$schema", JsonValue.Create("https://json-schema.org/draft/2020-12/schema"));
        var text = schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("MESOCLINIC_WRITE_SCHEMAS") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(text, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_file_has_a_schema_and_every_schema_a_file()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "seeds"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        var schemas = Directory.GetFiles(Path.Combine(Repository.Root, "seeds", "schemas")).Select(f => Path.GetFileName(f).Replace(".schema.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(Tables.Keys.Order(StringComparer.Ordinal), files);
        Assert.Equal(Tables.Keys.Order(StringComparer.Ordinal), schemas);
    }
}
