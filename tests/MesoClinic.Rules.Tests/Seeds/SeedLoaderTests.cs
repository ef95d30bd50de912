using MesoClinic.Data.Seeding;

namespace MesoClinic.Rules.Tests.Seeds;

public sealed class SeedLoaderTests
{
    [Fact]
    public void The_shipped_knowledge_loads_complete()
    {
        var knowledge = SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds"));

        Assert.Equal(150, knowledge.Contraindications.Count);
        Assert.Equal(14, knowledge.TechniqueRules.Count);
        Assert.Equal(43, knowledge.IncompatiblePairs.Count);
        Assert.Equal(156, knowledge.Medications.Count);
        Assert.Equal(71, knowledge.Ingredients.Count);
        Assert.Equal(29, knowledge.Allergens.Count);
        Assert.Equal(31, knowledge.Indications.Count);
        Assert.Equal(44, knowledge.Aftercare.Count);
        Assert.Equal(40, knowledge.Complications.Count);
        Assert.Equal(56, knowledge.Triage.Count);
        Assert.Equal(42, knowledge.Conflicts.Count);
        Assert.Equal(102, knowledge.SeedCoverage.Count);
    }
}
