using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Seeds;

/// <summary>No rule can leave the book unnoticed: of each there is a patient or a plan that loses exactly this finding with it.</summary>
public sealed class MutationTests
{
    private static readonly TreatmentPlan Plan = Shipped.StartedPlan;
    private static readonly TreatmentPlan Deoxycholic = Plan with
    {
        Indication = "ind-double-chin", Areas = ["submental"], Technique = "tech-mesoinfiltration", Ingredients = ["ing-deoxycholic-acid"], Doses = [new Dose("ing-deoxycholic-acid", 20, 2)],
    };

    public static TheoryData<string> Contraindications => [.. Shipped.Knowledge.Contraindications.Select(rule => rule.Id)];

    public static TheoryData<string, TreatmentPlan> PlansBeyondALimit => new()
    {
        { "tr-needle-diameter", Plan with { NeedleOuterDiameterMm = 0.32m } },
        { "tr-nappage-volume", Plan with { VolumePerInjectionMl = 0.03m } },
        { "tr-first-session-volume", Plan with { VolumeTotalMl = 1.3m } },
        { "tr-later-volume", Plan with { VolumeTotalMl = 1.3m, SessionNumber = 2 } },
        { "tr-face-manual-only", Plan with { Administration = "tech-device" } },
        { "tr-device-large-areas", Plan with { Areas = ["thighs"] } },
        { "tr-mesoperfusion-face", Plan with { Technique = "tech-mesoperfusion" } },
        { "tr-duration", Plan with { DurationMin = 31 } },
        { "tr-slow-injection", Plan with { InjectionSpeed = "fast" } },
        { "tr-asepsis", Plan with { AsepsisComplete = false } },
        { "tr-single-use-ampoule", Plan with { AmpouleOpenedBefore = true } },
        { "tr-anaesthetic-dose", Plan with { Ingredients = ["ing-procaine"], Doses = [new Dose("ing-procaine", 201, null)] } },
        { "tr-cocktail-components", Plan with { Ingredients = ["ing-hyaluronic-acid", "ing-amino-acids", "ing-biotin", "ing-zinc", "ing-glutathione", "ing-pyridoxine"] } },
        { "tr-injection-layer", Plan with { Ingredients = ["ing-deoxycholic-acid"], Doses = [new Dose("ing-deoxycholic-acid", 20, 2)] } },
        { "tr-ingredient-dose", Deoxycholic with { Doses = [new Dose("ing-deoxycholic-acid", 60, 6), new Dose("ing-deoxycholic-acid", 41, 4.1m)] } },
        { "tr-deoxycholic-point", Deoxycholic with { VolumePerInjectionMl = 0.21m } },
        { "tr-deoxycholic-interval", Deoxycholic with { Given = [new GivenIngredient("ing-deoxycholic-acid", Shipped.Day.AddDays(-27))] } },
        { "tr-deoxycholic-course", Deoxycholic with { Given = [.. Enumerable.Range(1, 6).Select(time => new GivenIngredient("ing-deoxycholic-acid", Shipped.Day.AddDays(-30 * time)))] } },
        { "tr-two-anaesthetics", Plan with { Ingredients = ["ing-lidocaine", "ing-prilocaine"] } },
        { "tr-two-hyaluronic-acids", Plan with { Doses = [new Dose("ing-hyaluronic-acid", 5, 0.5m), new Dose("ing-hyaluronic-acid", 5, 0.5m)] } },
        { "tr-two-xanthines", Plan with { Ingredients = ["ing-caffeine", "ing-aminophylline"] } },
        { "tr-recalled-lot", Plan with { ProductRecalled = true } },
    };

    [Theory]
    [MemberData(nameof(Contraindications))]
    public void Without_a_contraindication_its_own_example_fails(string id)
    {
        var rows = Shipped.Knowledge.Contraindications;
        var without = new RuleBook(Shipped.Knowledge with
        {
            Contraindications = [.. rows.Where(row => row.Id != id)],
            Alternatives = [.. Shipped.Knowledge.Alternatives.Select(a => a with { NotOfferedWith = [.. a.NotOfferedWith.Where(rule => rule != id)] })],
        });
        var example = rows.Single(row => row.Id == id).Examples.First(e => e.Expect == ExampleOutcome.Fires).Request;

        AssertLosesOnly(id, Shipped.Assess(example), without.Assess(example));
    }

    [Theory]
    [MemberData(nameof(PlansBeyondALimit))]
    public void Without_a_technique_limit_a_plan_beyond_it_passes(string id, TreatmentPlan plan)
    {
        var without = new RuleBook(Shipped.Knowledge with { TechniqueRules = [.. Shipped.Knowledge.TechniqueRules.Where(row => row.Id != id)] });

        AssertLosesOnly(id, Shipped.Assess(Shipped.With(plan)), without.Assess(Shipped.With(plan)));
    }

    [Fact]
    public void Every_technique_limit_has_a_plan_beyond_it() =>
        Assert.Equal(Shipped.Knowledge.TechniqueRules.Select(row => row.Id).Order(StringComparer.Ordinal), PlansBeyondALimit.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    private static void AssertLosesOnly(string id, Assessment before, Assessment after) =>
        Assert.Equal([id], before.Findings.Select(f => f.Rule).Except(after.Findings.Select(f => f.Rule)));
}
