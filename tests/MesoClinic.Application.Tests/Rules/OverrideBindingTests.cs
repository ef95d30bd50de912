using MesoClinic.Application.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Xunit;
using static MesoClinic.Application.Tests.Rules.Consulting;

namespace MesoClinic.Application.Tests.Rules;

/// <summary>What an override is bound to: each part by itself.</summary>
public sealed class OverrideBindingTests
{
    private static readonly RuleBook Book = TestClinic.Book.Value;

    private static readonly AssessmentRequest Request = new()
    {
        Date = new DateOnly(2026, 6, 9),
        Stage = Stage.Booking,
        HistoryComplete = true,
        Patient = new PatientFacts
        {
            BirthDate = new DateOnly(1990, 5, 1),
            Sex = Sex.Female,
            Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-keloid-family"] = "yes", ["q-contraception"] = "yes" },
            Conditions = [new ConditionFact("D68.5", ConditionStatus.Chronic)],
        },
        Plan = new TreatmentPlan { Indication = "ind-wrinkles", Areas = ["forehead", "cheeks"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid", "ing-thiamine"] },
    };

    [Fact]
    public void The_order_of_areas_and_ingredients_the_stage_and_other_facts_do_not_matter()
    {
        var same = Request with
        {
            Stage = Stage.Visit,
            Patient = Request.Patient with { WeightKg = 60, Fitzpatrick = 2 },
            Plan = Request.Plan with { Areas = ["cheeks", "forehead"], Ingredients = ["ing-thiamine", "ing-hyaluronic-acid"], DurationMin = 20, VolumeTotalMl = 1 },
        };
        Assert.NotNull(Of(Request));
        Assert.Equal(Of(Request), Of(same));
    }

    [Fact]
    public void Day_purpose_indication_areas_technique_ingredients_and_rule_each_change_it()
    {
        var plan = Request.Plan;
        string?[] all =
        [
            Of(Request),
            Of(Request with { Date = Request.Date.AddDays(1) }),
            Of(Request with { Purpose = Purpose.AllergyTest }),
            Of(Request with { Plan = plan with { Indication = "ind-dry-skin" } }),
            Of(Request with { Plan = plan with { Areas = ["forehead"] } }),
            Of(Request with { Plan = plan with { Technique = "tech-papule" } }),
            Of(Request with { Plan = plan with { Ingredients = ["ing-hyaluronic-acid"] } }),
            Of(Request, Thrombophilia),
            Of(Request with { Patient = Request.Patient with { Conditions = [new ConditionFact("D68.6", ConditionStatus.Chronic)] } }, Thrombophilia),
        ];
        Assert.All(all, Assert.NotNull);
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_rule_that_reads_otherwise_changes_it()
    {
        var knowledge = Book.Knowledge;
        var other = new RuleBook(knowledge with { Contraindications = [.. knowledge.Contraindications.Select(row => row.Id == Keloid ? row with { Rationale = row.Rationale + " Twice." } : row)] });

        Assert.NotEqual(Of(Request), Of(Request, Keloid, other));
        Assert.Equal(Of(Request, Thrombophilia), Of(Request, Thrombophilia, other));
    }

    [Theory]
    [InlineData(Decision.PhysicianReview, new[] { Keloid }, Decision.PhysicianReview)]
    [InlineData(Decision.PhysicianReview, new[] { Keloid, Thrombophilia }, Decision.AllowWithCaution)]
    [InlineData(Decision.Incomplete, new[] { Keloid, Thrombophilia }, Decision.Incomplete)]
    [InlineData(Decision.PhysicianReview, new[] { "ci-caution" }, Decision.PhysicianReview)]
    public void The_worst_of_the_rest_decides(Decision before, string[] overridden, Decision after)
    {
        var assessment = new Assessment(before, null, [], [Finding(Keloid, Decision.PhysicianReview), Finding(Thrombophilia, Decision.PhysicianReview), Finding("ci-caution", Decision.AllowWithCaution)], [], [], "sha256:x");
        Assert.Equal(after, assessment.DecisionWith(overridden));
    }

    private static Finding Finding(string rule, Decision action) => new(rule, Tier.Relative, action, rule, "", "", null, [], []);

    private static string? Of(AssessmentRequest request, string rule = Keloid, RuleBook? book = null) => OverrideRules.Binding(rule, (book ?? Book).Assess(request), request, book ?? Book);
}
