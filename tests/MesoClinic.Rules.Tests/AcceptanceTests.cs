using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests;

/// <summary>A woman of 36 wants hyaluronic acid against wrinkles of the forehead, and takes rivaroxaban.</summary>
public sealed class AcceptanceTests
{
    [Fact]
    public void Taking_an_anticoagulant_is_refused_with_its_evidence_and_sources()
    {
        var assessment = Shipped.Assess(Shipped.Taking(new MedicationFact { Atc = "B01AF01" }));

        Assert.Equal(Decision.Refuse, assessment.Decision);
        var finding = assessment.The("ci-anticoagulant-current");
        Assert.Equal("Takes rivaroxaban (B01AF01)", finding.Because);
        Assert.Equal(["alt-electrophoresis", "alt-phonophoresis", "alt-laser-biorevitalisation"], finding.Alternatives);
        Assert.All(finding.Sources, key => Assert.True(Shipped.Book.Sources.ContainsKey(key)));
        Assert.NotEmpty(finding.Sources);
        Assert.Null(assessment.EarliestSafeDate);
        Assert.Equal(["ci-anticoagulant-current"], assessment.WaitingFor);
    }

    [Fact]
    public void Without_the_medicine_the_plan_is_allowed()
    {
        var assessment = Shipped.Assess(Shipped.Clean);

        Assert.Equal(Decision.Allow, assessment.Decision);
        Assert.Empty(assessment.Findings);
        Assert.Empty(assessment.Missing);
    }

    [Fact]
    public void Without_a_complete_history_the_plan_is_incomplete_and_says_what_is_missing()
    {
        var assessment = Shipped.Assess(Shipped.Clean with { HistoryComplete = false });

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        string[] mustBeAsked = ["conditions", "medications", "allergies", "events", "q-epilepsy", "q-pregnant", "v-fever", "vitals.temperature_c"];
        Assert.Empty(mustBeAsked.Except(assessment.Missing, StringComparer.Ordinal));
        Assert.DoesNotContain("q-fasting", assessment.Missing, StringComparer.Ordinal);
        Assert.Contains("q-fasting", assessment.StillToAsk, StringComparer.Ordinal);
    }
}
