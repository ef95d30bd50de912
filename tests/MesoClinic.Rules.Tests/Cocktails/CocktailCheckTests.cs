using MesoClinic.Rules.Cocktails;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Cocktails;

public sealed class CocktailCheckTests
{
    private static readonly IReadOnlyList<Dose> Hyaluron = [new("ing-hyaluronic-acid", 10, 0.5m)];
    private static readonly IReadOnlyList<Dose> Caffeine = [new("ing-caffeine", 5, 0.1m)];
    private static readonly IReadOnlyList<Dose> Aminophylline = [new("ing-aminophylline", 5, 0.2m)];

    [Fact]
    public void Both_products_of_a_doubled_class_are_named_and_no_other() =>
        Assert.Equal([[], ["tr-two-xanthines"], ["tr-two-xanthines"]], Check(Shipped.CleanPatient, Hyaluron, Caffeine, Aminophylline));

    [Fact]
    public void An_incompatible_pair_names_both_products_once() =>
        Assert.Equal([["ic-pentoxifylline-etamsylate"], [], ["ic-pentoxifylline-etamsylate"]], Check(Shipped.CleanPatient, [new("ing-pentoxifylline", 2, 0.1m)], Hyaluron, [new("ing-etamsylate", 12, 0.1m)]));

    [Fact]
    public void A_recipe_is_told_what_does_not_go_together_and_nothing_about_a_patient()
    {
        var found = CocktailCheck.OfMix(Shipped.Book, Shipped.Day, [[new("ing-pentoxifylline", 2, null)], Hyaluron, [new("ing-etamsylate", 12, null)]]);

        Assert.Equal("ic-pentoxifylline-etamsylate", Assert.Single(found).Rule);
        Assert.Equal(["tr-two-xanthines"], CocktailCheck.OfMix(Shipped.Book, Shipped.Day, [Caffeine, Aminophylline]).Select(finding => finding.Rule));
        Assert.Empty(CocktailCheck.OfMix(Shipped.Book, Shipped.Day, [Hyaluron, [new("ing-vitamin-c", 20, 0.2m)]]));
    }

    [Fact]
    public void The_same_ingredient_in_two_products_names_both() =>
        Assert.Equal([["tr-two-hyaluronic-acids"], ["tr-two-hyaluronic-acids"]], Check(Shipped.CleanPatient, Hyaluron, [new("ing-hyaluronic-acid", 4, 0.2m)]));

    [Fact]
    public void A_finding_about_a_product_stands_beside_each_of_its_lots() =>
        Assert.Equal(
            [["tr-two-xanthines"], [], ["tr-two-xanthines"], ["tr-two-xanthines"]],
            Check(Shipped.CleanPatient, [new("ing-caffeine", 5, 0.1m, "a")], Hyaluron, [new("ing-caffeine", 5, 0.1m, "b")], [new("ing-caffeine", 5, 0.1m, "a")]));

    [Fact]
    public void A_dose_that_two_lots_of_one_product_exceed_together_stands_beside_both() =>
        Assert.Equal(
            [["tr-anaesthetic-dose"], ["tr-anaesthetic-dose"], []],
            Check(Shipped.CleanPatient, [new("ing-procaine", 150, 7, "a")], [new("ing-procaine", 60, 3, "a")], Hyaluron).Select(rules => rules.Intersect(["tr-anaesthetic-dose"])));

    [Fact]
    public void Each_product_that_holds_an_allergen_is_named()
    {
        var allergic = Shipped.CleanPatient with { Allergies = ["alg-sulfites"] };

        var rules = Check(allergic, [new("ing-etamsylate", 20, 0.2m)], Hyaluron, [new("ing-vitamin-c", 20, 0.2m)]);

        Assert.Contains("ci-allergy-sulfite", rules[0]);
        Assert.DoesNotContain("ci-allergy-sulfite", rules[1]);
        Assert.Contains("ci-allergy-sulfite", rules[2]);
    }

    [Fact]
    public void A_limit_of_the_whole_plan_names_no_product() =>
        Assert.Equal([[]], CocktailCheck.RulesByProduct(Shipped.Book, Shipped.With(Shipped.StartedPlan with { VolumeTotalMl = 5 }), [Hyaluron]));

    [Fact]
    public void Two_products_that_exceed_a_dose_only_together_are_both_named() =>
        Assert.Equal([["tr-anaesthetic-dose"], ["tr-anaesthetic-dose"]], Check(Shipped.CleanPatient, [new("ing-procaine", 150, 7)], [new("ing-procaine", 60, 3)]).Select(rules => rules.Intersect(["tr-anaesthetic-dose"])));

    [Fact]
    public void A_dose_that_is_not_measured_out_is_incomplete_at_the_start_and_never_fine()
    {
        var plan = Shipped.StartedPlan with { Ingredients = ["ing-procaine"], Doses = [new Dose("ing-procaine", 20, 1), new Dose("ing-procaine", null, null)] };

        var assessment = Shipped.Assess(Shipped.With(plan) with { Stage = Stage.Start });

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Contains("doses", assessment.Missing);
    }

    [Fact]
    public void What_is_known_to_exceed_a_limit_counts_although_the_rest_is_not_measured_out()
    {
        var plan = Shipped.StartedPlan with { Ingredients = ["ing-procaine"], Doses = [new Dose("ing-procaine", 201, 10), new Dose("ing-procaine", null, null)] };

        Assert.True(Shipped.Assess(Shipped.With(plan)).Has("tr-anaesthetic-dose"));
    }

    [Theory]
    [InlineData(50, 150, false)]
    [InlineData(50, 151, true)]
    [InlineData(100, 200, false)]
    [InlineData(100, 201, true)]
    public void Lidocaine_is_limited_by_weight_and_never_more_than_200_mg(int kg, int mg, bool exceeds)
    {
        var request = Shipped.With(Shipped.StartedPlan with { Ingredients = ["ing-lidocaine"], Doses = [new Dose("ing-lidocaine", mg, 10)] });

        Assert.Equal(exceeds, Shipped.Assess(request with { Patient = request.Patient with { WeightKg = kg } }).Has("tr-anaesthetic-dose"));
    }

    [Fact]
    public void Deoxycholic_acid_waits_28_days_and_says_until_when()
    {
        var plan = Shipped.StartedPlan with
        {
            Indication = "ind-double-chin", Areas = ["submental"], Technique = "tech-mesoinfiltration", Ingredients = ["ing-deoxycholic-acid"],
            Doses = [new Dose("ing-deoxycholic-acid", 20, 2)], Given = [new GivenIngredient("ing-deoxycholic-acid", Shipped.Day.AddDays(-10))],
        };

        var assessment = Shipped.Assess(Shipped.With(plan));

        Assert.Equal(Shipped.Day.AddDays(18), assessment.EarliestSafeDate);
        Assert.EndsWith("Deoxycholic acid was given on 30 June 2026: 10 days before, 28 needed", assessment.The("tr-deoxycholic-interval").Because, StringComparison.Ordinal);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Check(PatientFacts patient, params IReadOnlyList<Dose>[] products) =>
        CocktailCheck.RulesByProduct(Shipped.Book, Shipped.With(patient) with { Plan = Shipped.StartedPlan }, products);
}
