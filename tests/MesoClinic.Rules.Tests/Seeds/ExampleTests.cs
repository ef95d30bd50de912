using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Seeds;

/// <summary>A rule says of itself when it fires, when not, and when it cannot tell: every contraindication, and the technique limits that have examples.</summary>
public sealed class ExampleTests
{
    /// <summary>An unreviewed history is exactly what this rule reports: it cannot be unknown.</summary>
    private const string NeverUnknown = "ci-allergy-history-unknown";

    private static readonly (string Id, Decision Action, IReadOnlyList<RuleExample> Examples)[] Rules =
    [
        .. Shipped.Knowledge.Contraindications.Select(rule => (rule.Id, rule.Action, rule.Examples)),
        .. Shipped.Knowledge.TechniqueRules.Select(rule => (rule.Id, rule.Action, rule.Examples)),
    ];

    public static TheoryData<string, ExampleOutcome> Examples()
    {
        var data = new TheoryData<string, ExampleOutcome>();
        foreach (var (id, _, examples) in Rules)
        {
            foreach (var expect in examples.Select(example => example.Expect).Distinct())
            {
                data.Add(id, expect);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_rule_does_what_its_examples_say(string id, ExampleOutcome expect)
    {
        var rule = Rules.Single(r => r.Id == id);
        foreach (var example in rule.Examples.Where(e => e.Expect == expect))
        {
            var reading = Shipped.Book.Read(id, example.Request);
            var assessment = Shipped.Book.Assess(example.Request);

            Assert.Equal(expect switch { ExampleOutcome.Fires => Truth.Yes, ExampleOutcome.Silent => Truth.No, _ => Truth.Unknown }, reading.Truth);
            Assert.Equal(expect == ExampleOutcome.Fires, assessment.Has(id));
            if (expect == ExampleOutcome.Fires)
            {
                Assert.NotEmpty(assessment.The(id).Because);
                Assert.True(assessment.Decision >= rule.Action);
            }
            if (expect == ExampleOutcome.Unknown)
            {
                Assert.NotEmpty(reading.Missing);
                Assert.True(rule.Action < Decision.PhysicianReview || assessment.Decision >= Decision.Incomplete);
            }
        }
    }

    [Fact]
    public void Every_contraindication_has_an_example_of_each_kind()
    {
        foreach (var rule in Shipped.Knowledge.Contraindications)
        {
            var kinds = rule.Examples.Select(e => e.Expect).Distinct().Order().ToArray();
            ExampleOutcome[] wanted = string.Equals(rule.Id, NeverUnknown, StringComparison.Ordinal)
                ? [ExampleOutcome.Fires, ExampleOutcome.Silent]
                : [ExampleOutcome.Fires, ExampleOutcome.Silent, ExampleOutcome.Unknown];
            Assert.True(wanted.SequenceEqual(kinds), $"{rule.Id} has {string.Join(", ", kinds)}");
        }
    }
}
