using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Semantics;

/// <summary>Conditions, events, allergies, cocktails: what fires, and in which words.</summary>
public sealed class FindingTests
{
    private static AssessmentRequest Having(string icd10, ConditionStatus status = ConditionStatus.Active, params string[] areas) =>
        Shipped.With(Shipped.CleanPatient with { Conditions = [new ConditionFact(icd10, status, areas)] });

    private static AssessmentRequest Mixing(params string[] ingredients) => Shipped.With(Shipped.CleanPlan with { Ingredients = ingredients });

    private static AssessmentRequest AllergicTo(string allergen, params string[] ingredients) =>
        Mixing(ingredients) with { Patient = Shipped.CleanPatient with { Allergies = [allergen] } };

    [Fact]
    public void A_controlled_disease_counts_wherever_an_active_or_chronic_one_does()
    {
        Assert.True(Shipped.Assess(Having("N18.4", ConditionStatus.Controlled)).Has("ci-renal-severe"));
        Assert.False(Shipped.Assess(Having("N18.4", ConditionStatus.History)).Has("ci-renal-severe"));
    }

    [Fact]
    public void An_excluded_prefix_belongs_to_another_rule()
    {
        var assessment = Shipped.Assess(Having("D68.5"));

        Assert.False(assessment.Has("ci-coagulopathy"));
        Assert.True(assessment.Has("ci-thrombophilia"));
    }

    [Fact]
    public void A_condition_of_the_skin_counts_only_where_it_meets_the_plan()
    {
        Assert.False(Shipped.Assess(Having("L20.9", areas: "thighs")).Has("ci-dermatitis-active-area"));
        Assert.True(Shipped.Assess(Having("L20.9", areas: ["thighs", "forehead"])).Has("ci-dermatitis-active-area"));
        Assert.True(Shipped.Assess(Having("L20.9")).Has("ci-dermatitis-active-area"));
    }

    [Fact]
    public void Stable_diabetes_and_dentures_are_answered_and_block_nothing()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-diabetes", "controlled"), ("q-dentures", "yes")));

        Assert.Equal(Decision.Allow, assessment.Decision);
        Assert.Equal(Tier.ExplicitlyNotAContraindication, assessment.The("ci-diabetes-controlled").Tier);
        Assert.True(assessment.Has("ci-implants-dentures"));
    }

    [Fact]
    public void An_event_is_told_with_place_date_distance_and_need()
    {
        var assessment = Shipped.Assess(Shipped.After("botulinum-toxin", 10, "forehead"));

        Assert.Equal("Botulinum toxin, forehead, on 30 June 2026: 10 days before, 14 needed", assessment.The("ci-botulinum-14d").Because);
    }

    [Fact]
    public void An_event_of_the_same_day_is_past_and_future() =>
        Assert.Equal(
            "Botulinum toxin, on 10 July 2026: the same day, 14 needed",
            Shipped.Assess(Shipped.After("botulinum-toxin", 0)).The("ci-botulinum-14d").Because);

    [Fact]
    public void A_peel_elsewhere_does_not_matter_here()
    {
        Assert.False(Shipped.Assess(Shipped.After("superficial-peel", 3, "hands")).Has("ci-superficial-peel-14d"));
        Assert.True(Shipped.Assess(Shipped.After("superficial-peel", 3, "forehead")).Has("ci-superficial-peel-14d"));
    }

    [Fact]
    public void An_answer_is_told_with_its_question() =>
        Assert.Equal("Answered yes: Do you have epilepsy?", Shipped.Assess(Shipped.Answering(("q-epilepsy", "yes"))).The("ci-epilepsy").Because);

    [Fact]
    public void A_possible_allergen_counts_until_the_label_was_checked()
    {
        var request = AllergicTo("alg-sulfites", "ing-vitamin-c");

        Assert.Equal(Decision.ModifyPlan, Shipped.Assess(request).Decision);
        Assert.Equal(Decision.Allow, Shipped.Assess(request with { Plan = request.Plan with { LabelVerifiedFreeOf = ["alg-sulfites"] } }).Decision);
    }

    [Fact]
    public void A_label_cannot_free_an_ingredient_of_what_it_certainly_contains()
    {
        var request = AllergicTo("alg-sulfites", "ing-etamsylate");

        Assert.True(Shipped.Assess(request with { Plan = request.Plan with { LabelVerifiedFreeOf = ["alg-sulfites"] } }).Has("ci-allergy-sulfite"));
    }

    [Fact]
    public void Asthma_looks_at_certain_sulfites_only()
    {
        var asthma = Shipped.Answering(("q-asthma", "yes"));

        Assert.False(Shipped.Assess(asthma with { Plan = Shipped.CleanPlan with { Ingredients = ["ing-vitamin-c"] } }).Has("ci-asthma-sulfite-etamsylate"));
        Assert.True(Shipped.Assess(asthma with { Plan = Shipped.CleanPlan with { Ingredients = ["ing-etamsylate"] } }).Has("ci-asthma-sulfite-etamsylate"));
    }

    [Fact]
    public void A_cross_reaction_counts_unless_a_rule_of_its_own_decides()
    {
        Assert.Equal(Decision.ModifyPlan, Shipped.Assess(AllergicTo("alg-calcitonin", "ing-pdrn")).Decision);
        // Procaine with a sulfonamide allergy is a physician's decision.
        var procaine = AllergicTo("alg-sulfonamides", "ing-procaine");
        Assert.Equal(Decision.PhysicianReview, Shipped.Assess(procaine).Decision);
    }

    [Fact]
    public void An_incompatible_pair_is_found_in_either_order_with_its_mechanism()
    {
        var oneWay = Shipped.Assess(Mixing("ing-pentoxifylline", "ing-etamsylate"));
        var otherWay = Shipped.Assess(Mixing("ing-etamsylate", "ing-pentoxifylline"));

        Assert.Equal(Decision.ModifyPlan, oneWay.Decision);
        Assert.Equal(Tier.Absolute, oneWay.The("ic-pentoxifylline-etamsylate").Tier);
        Assert.True(oneWay.Has("ci-incompatible-cocktail"));
        Assert.Equal(oneWay.Findings.Select(f => f.Rule), otherWay.Findings.Select(f => f.Rule), StringComparer.Ordinal);
    }

    [Fact]
    public void One_ingredient_is_no_pair_even_if_it_matches_both_sides() =>
        Assert.Empty(Shipped.Assess(Mixing("ing-hyaluronic-acid", "ing-hyaluronic-acid")).Findings);

    [Fact]
    public void Some_ingredients_bear_no_other_beside_them() =>
        Assert.True(Shipped.Assess(Mixing("ing-hyaluronic-acid-crosslinked", "ing-biotin")).Has("ic-ha-crosslinked-anything"));

    [Fact]
    public void An_allergy_raises_a_pair_from_caution_to_block()
    {
        var pair = new[] { "ing-procaine", "exc-parabens" };

        Assert.Equal(Decision.AllowWithCaution, Shipped.Assess(Mixing(pair)).The("ic-procaine-paraben").Action);
        Assert.Equal(Decision.ModifyPlan, Shipped.Assess(AllergicTo("alg-parabens", pair)).The("ic-procaine-paraben").Action);
        var unknown = Shipped.Assess(Mixing(pair) with { Patient = Shipped.CleanPatient with { IncompleteLists = ["allergies"] } });
        Assert.Contains("allergies", unknown.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void A_checked_label_helps_an_unknown_composition_but_no_withdrawn_ingredient()
    {
        var plan = Shipped.CleanPlan with { LabelCompositionVerified = ["ing-achyal", "ing-buflomedil"] };

        Assert.False(Shipped.Assess(Shipped.With(plan with { Ingredients = ["ing-achyal"] })).Has("ci-withdrawn-ingredient"));
        Assert.True(Shipped.Assess(Shipped.With(plan with { Ingredients = ["ing-buflomedil"] })).Has("ci-withdrawn-ingredient"));
    }

    [Theory]
    [InlineData("ing-deoxycholic-acid", "tech-nappage", true)]
    [InlineData("ing-deoxycholic-acid", "tech-mesoinfiltration", false)]
    [InlineData("ing-hyaluronic-acid", "tech-nappage", false)]
    public void A_deep_ingredient_needs_a_technique_that_reaches_it(string ingredient, string technique, bool fires) =>
        Assert.Equal(fires, Shipped.Assess(Shipped.With(Shipped.CleanPlan with { Ingredients = [ingredient], Technique = technique })).Has("tr-injection-layer"));

    [Fact]
    public void Technique_limits_are_as_firm_as_their_action()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPlan with { DurationMin = 31, NeedleOuterDiameterMm = 0.35m, SessionNumber = 2, VolumeTotalMl = 1.3m }));

        Assert.Equal((Tier.Absolute, Decision.ModifyPlan), (assessment.The("tr-needle-diameter").Tier, assessment.The("tr-needle-diameter").Action));
        Assert.Equal((Tier.Relative, Decision.PhysicianReview), (assessment.The("tr-later-volume").Tier, assessment.The("tr-later-volume").Action));
        Assert.Equal((Tier.Caution, Decision.AllowWithCaution), (assessment.The("tr-duration").Tier, assessment.The("tr-duration").Action));
        Assert.Equal("Needle diameter (mm): 0.35, more than 0.31", assessment.The("tr-needle-diameter").Because);
    }

    [Fact]
    public void All_findings_are_returned_worst_first()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-fasting", "yes"), ("q-epilepsy", "yes"), ("v-fever", "yes"), ("q-keloid-family", "yes")));

        Assert.Equal(["ci-epilepsy", "ci-fever-cough-rhinorrhoea", "ci-keloid-family", "ci-fasting"], assessment.Findings.Select(f => f.Rule), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Hemisphere.North, 7, true)]
    [InlineData(Hemisphere.North, 12, false)]
    [InlineData(Hemisphere.South, 12, true)]
    [InlineData(Hemisphere.South, 7, false)]
    [InlineData(Hemisphere.Tropics, 12, true)]
    public void The_sunny_season_depends_on_the_hemisphere(Hemisphere hemisphere, int month, bool sunny)
    {
        var request = Shipped.Taking(new MedicationFact { Id = "med-doxycycline" }) with { Date = new DateOnly(2026, month, 10), Hemisphere = hemisphere };
        var assessment = Shipped.Assess(request);

        Assert.Equal(sunny, assessment.Has("ci-photosensitiser-sun-season"));
        Assert.Equal(!sunny, assessment.Has("ci-photosensitiser-low-season"));
    }

    [Fact]
    public void A_high_uv_index_or_a_sunny_trip_makes_a_season_of_its_own()
    {
        var winter = Shipped.Taking(new MedicationFact { Id = "med-doxycycline" }) with { Date = new DateOnly(2026, 12, 10) };
        var trip = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-sunny-trip-within-14d"] = "yes" };

        Assert.True(Shipped.Assess(winter with { UvIndex = 3 }).Has("ci-photosensitiser-sun-season"));
        Assert.False(Shipped.Assess(winter with { UvIndex = 2.9m }).Has("ci-photosensitiser-sun-season"));
        Assert.True(Shipped.Assess(winter with { Patient = winter.Patient with { Answers = trip } }).Has("ci-photosensitiser-sun-season"));
    }
}
