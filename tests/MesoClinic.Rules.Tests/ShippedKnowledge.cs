using MesoClinic.Data.Seeding;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests;

/// <summary>The tables that ship, loaded once.</summary>
internal static class ShippedKnowledge
{
    public static readonly KnowledgeBase Base = SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds"));
    public static readonly AftercareBook Aftercare = new(Base);
    public static readonly TriageTable Triage = new(Base);
}
