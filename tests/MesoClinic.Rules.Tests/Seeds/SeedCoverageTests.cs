using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Seeds;

/// <summary>Every rule that a statement of the documents names does fire.</summary>
public sealed class SeedCoverageTests
{
    public static TheoryData<string> Named => [.. Shipped.Knowledge.SeedCoverage.SelectMany(statement => statement.UsedBy).Where(use => use.StartsWith("rule:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Named))]
    public void A_rule_that_carries_a_statement_fires(string use)
    {
        var id = use["rule:".Length..];
        var request = Shipped.Book.Contraindications.TryGetValue(id, out var rule)
            ? rule.Examples.First(example => example.Expect == ExampleOutcome.Fires).Request
            : Shipped.With(MutationTests.PlansBeyondALimit.Select(row => ((string)row[0], (Facts.TreatmentPlan)row[1])).Single(row => row.Item1 == id).Item2);

        Assert.True(Shipped.Assess(request).Has(id));
    }

    [Fact]
    public void Every_rule_that_carries_a_statement_is_named_as_its_use() =>
        Assert.All(Shipped.Knowledge.SeedCoverage, statement => Assert.Equal(
            statement.CoveredBy.Where(row => row.StartsWith("ci-", StringComparison.Ordinal) || row.StartsWith("tr-", StringComparison.Ordinal)).Select(row => $"rule:{row}"),
            statement.UsedBy.Where(use => use.StartsWith("rule:", StringComparison.Ordinal))));
}
