using MesoClinic.Data.Seeding;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Aftercare;

/// <summary>What the loader promises about the aftercare and triage tables.</summary>
public sealed class CareSeedTests
{
    [Theory]
    [InlineData("aftercare.json", "\"type\": \"allergy\", \"allergens\": [\"alg-heparin\"]", "\"type\": \"age\", \"op\": \"lt\", \"years\": 18", "ac-bruise-ointment: notFor[0]")]
    [InlineData("aftercare.json", "[\"alg-heparin\"]", "[\"alg-heparine\"]", "\"alg-heparine\" does not exist in allergens.json")]
    [InlineData("aftercare.json", "\"category\": \"heat\"", "\"category\": \"warmth\"", "ac-no-sauna: category")]
    [InlineData("aftercare.json", "\"subject\": \"Sauna, steam room, bathhouse\",", "", "ac-no-sauna: words")]
    [InlineData("triage.json", "\"spreading\": [\"yes\"]", "\"spreading\": [\"true\"]", "tg-spreading-warm-redness: matchModifiers.spreading")]
    public void A_bad_row_stops_the_start_and_is_named(string file, string text, string instead, string message)
    {
        var folder = Directory.CreateTempSubdirectory("seeds");
        try
        {
            foreach (var path in Directory.GetFiles(Shipped.Folder, "*.json"))
            {
                File.Copy(path, Path.Combine(folder.FullName, Path.GetFileName(path)));
            }
            var bad = Path.Combine(folder.FullName, file);
            var content = File.ReadAllText(bad);
            var at = content.IndexOf(text, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{file} no longer contains {text}");
            File.WriteAllText(bad, string.Concat(content.AsSpan(0, at), instead, content.AsSpan(at + text.Length)));

            var error = Assert.Throws<SeedException>(() => SeedLoader.Load(folder.FullName));

            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Aftercare_knows_every_photosensitiser_that_a_contraindication_knows()
    {
        var known = Assert.IsType<MedicationPredicate>(Assert.Single(Shipped.Knowledge.Aftercare.Single(row => row.Id == "ac-no-laser-light").OnlyFor));
        var rules = Shipped.Knowledge.Contraindications
            .SelectMany(rule => rule.Detect.Any.Concat(rule.Detect.All))
            .OfType<MedicationPredicate>()
            .Where(medication => medication.Classes.Contains("photosensitiser", StringComparer.Ordinal))
            .ToList();

        Assert.NotEmpty(rules);
        Assert.Empty(known.ExcludeAtcPrefixes);
        Assert.All(rules.SelectMany(rule => rule.AtcPrefixes), prefix =>
            Assert.Contains(known.AtcPrefixes, broader => prefix.StartsWith(broader, StringComparison.Ordinal)));
    }
}
