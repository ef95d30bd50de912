using MesoClinic.Data.Seeding;

namespace MesoClinic.Rules.Tests.Seeds;

public sealed class SeedLoaderTests
{
    [Fact]
    public void No_row_of_the_shipped_knowledge_is_lost()
    {
        var knowledge = SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds"));

        Assert.InRange(knowledge.Contraindications.Count, 150, int.MaxValue);
        Assert.InRange(knowledge.TechniqueRules.Count, 14, int.MaxValue);
        Assert.InRange(knowledge.IncompatiblePairs.Count, 43, int.MaxValue);
        Assert.InRange(knowledge.Medications.Count, 156, int.MaxValue);
        Assert.InRange(knowledge.Ingredients.Count, 71, int.MaxValue);
        Assert.InRange(knowledge.Allergens.Count, 29, int.MaxValue);
        Assert.InRange(knowledge.Indications.Count, 31, int.MaxValue);
        Assert.InRange(knowledge.Aftercare.Count, 44, int.MaxValue);
        Assert.InRange(knowledge.Complications.Count, 40, int.MaxValue);
        Assert.InRange(knowledge.Triage.Count, 56, int.MaxValue);
        Assert.InRange(knowledge.Conflicts.Count, 42, int.MaxValue);
        Assert.Equal(102, knowledge.SeedCoverage.Count);
    }
}
