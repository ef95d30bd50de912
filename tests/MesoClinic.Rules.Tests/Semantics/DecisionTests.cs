using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Semantics;

/// <summary>Purpose, alternatives and the earliest safe date.</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData(Purpose.Consultation)]
    [InlineData(Purpose.FollowUp)]
    public void Talking_and_looking_is_never_blocked_and_still_shows_the_findings(Purpose purpose)
    {
        var refused = Shipped.Assess(Shipped.Answering(("q-epilepsy", "yes")) with { Purpose = purpose });
        var unasked = Shipped.Assess(Shipped.Clean with { HistoryComplete = false, Patient = Shipped.CleanPatient with { Allergies = [] }, Purpose = purpose, Stage = Stage.Start });

        Assert.Equal(Decision.AllowWithCaution, refused.Decision);
        Assert.Equal(Decision.Refuse, refused.The("ci-epilepsy").Action);
        Assert.Equal(Decision.Allow, unasked.Decision);
        Assert.NotEmpty(unasked.Missing);
    }

    [Fact]
    public void An_allergy_test_is_not_stopped_by_the_rules_that_ask_for_it()
    {
        var request = Shipped.With(Shipped.CleanPlan with { FirstUseOfProduct = true, SkinTestDocumented = false, ConsultationDone = false });

        Assert.Equal(["ci-no-consultation", "ci-skin-test-missing"], Shipped.Assess(request).Findings.Select(f => f.Rule).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(Decision.Allow, Shipped.Assess(request with { Purpose = Purpose.AllergyTest }).Decision);
        var pregnant = request.Patient with { Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-pregnant"] = "yes" } };
        Assert.Equal(Decision.Refuse, Shipped.Assess(request with { Purpose = Purpose.AllergyTest, Patient = pregnant }).Decision);
    }

    [Fact]
    public void A_rule_does_not_fire_on_what_it_offers_itself()
    {
        var request = Shipped.Taking(new MedicationFact { Id = "med-rivaroxaban" });

        Assert.Equal(Decision.Allow, Shipped.Assess(request with { Plan = Shipped.CleanPlan with { Technique = "alt-phonophoresis" } }).Decision);
        Assert.Equal(Decision.Refuse, Shipped.Assess(request with { Plan = Shipped.CleanPlan with { Technique = "alt-electroporation" } }).Decision);
    }

    [Fact]
    public void A_needle_phobia_blocks_needles_only()
    {
        var request = Shipped.Answering(("q-needle-fear", "phobia"));

        Assert.Equal(Decision.Refuse, Shipped.Assess(request).Decision);
        Assert.Equal(Decision.Allow, Shipped.Assess(request with { Plan = Shipped.CleanPlan with { Technique = "tech-noninvasive" } }).Decision);
    }

    [Fact]
    public void Only_alternatives_that_are_not_blocked_themselves_are_offered()
    {
        var taking = Shipped.Taking(new MedicationFact { Id = "med-rivaroxaban" });
        var pacemaker = taking with { Patient = taking.Patient with { Conditions = [new ConditionFact("Z95.0")] } };
        var fever = taking with { Patient = taking.Patient with { Vitals = new Dictionary<string, decimal?>(StringComparer.Ordinal) { ["temperature_c"] = 38 } } };

        Assert.Equal(["alt-phonophoresis", "alt-laser-biorevitalisation"], Shipped.Assess(pacemaker).The("ci-anticoagulant-current").Alternatives);
        Assert.Empty(Shipped.Assess(fever).The("ci-anticoagulant-current").Alternatives);
    }

    [Fact]
    public void What_one_finding_excludes_no_other_finding_offers()
    {
        var medicines = Shipped.Taking(new MedicationFact { Id = "med-rivaroxaban" }, new MedicationFact { Id = "med-doxycycline" });

        Assert.DoesNotContain("alt-laser-biorevitalisation", Shipped.Assess(medicines).The("ci-anticoagulant-current").Alternatives, StringComparer.Ordinal);
        // Laser light and a photosensitiser do not go together in winter either.
        var winter = Shipped.Assess(medicines with { Date = new DateOnly(2026, 12, 10) });
        Assert.DoesNotContain("alt-laser-biorevitalisation", winter.The("ci-anticoagulant-current").Alternatives, StringComparer.Ordinal);
        Assert.Contains("alt-phonophoresis", winter.The("ci-anticoagulant-current").Alternatives, StringComparer.Ordinal);
    }

    [Fact]
    public void Advice_is_offered_as_long_as_nothing_excludes_it()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-pregnant", "yes")));

        Assert.Equal(["alt-topical-care"], assessment.The("ci-pregnancy").Alternatives);
    }

    [Fact]
    public void The_earliest_safe_date_waits_for_everything_that_the_calendar_ends()
    {
        var request = Shipped.With(Shipped.CleanPatient with
        {
            Events = [new EventFact("tanning", Shipped.Day.AddDays(-10)), new EventFact("surgery", Shipped.Day.AddDays(-3)), new EventFact("laser", Shipped.Day.AddDays(-20))],
        });

        var assessment = Shipped.Assess(request);

        Assert.Equal(Shipped.Day.AddDays(8), assessment.EarliestSafeDate);
        Assert.Empty(assessment.WaitingFor);
    }

    [Fact]
    public void The_earliest_safe_date_minds_what_is_planned_in_between()
    {
        // Tanned four days ago; botulinum toxin is planned in 30 days: ten days on, the one is over and the other not near yet.
        var near = Shipped.With(Shipped.CleanPatient with
        {
            Events = [new EventFact("tanning", Shipped.Day.AddDays(-4)), new EventFact("botulinum-toxin", Shipped.Day.AddDays(20))],
        });

        Assert.Equal(Shipped.Day.AddDays(34), Shipped.Assess(near).EarliestSafeDate);
    }

    [Fact]
    public void A_state_without_an_end_has_no_safe_date_and_is_named()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPatient with
        {
            Events = [new EventFact("tanning", Shipped.Day.AddDays(-4))],
            Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["v-fever"] = "yes" },
        }));

        Assert.Equal(Decision.Postpone, assessment.Decision);
        Assert.Null(assessment.EarliestSafeDate);
        Assert.Equal(["ci-fever-cough-rhinorrhoea"], assessment.WaitingFor);
    }

    [Fact]
    public void A_photosensitiser_waits_for_the_end_of_the_sunny_season() =>
        Assert.Equal(new DateOnly(2026, 9, 1), Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-doxycycline" })).EarliestSafeDate);

    [Fact]
    public void Sessions_keep_their_interval()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPlan with { SessionNumber = 2, LastSession = Shipped.Day.AddDays(-2) }));

        Assert.Equal(Decision.Postpone, assessment.Decision);
        Assert.Equal(Shipped.Day.AddDays(3), assessment.EarliestSafeDate);
    }

    [Fact]
    public void A_plan_that_only_has_to_change_has_no_safe_date()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPlan with { NeedleOuterDiameterMm = 0.4m }));

        Assert.Equal(Decision.ModifyPlan, assessment.Decision);
        Assert.Null(assessment.EarliestSafeDate);
        Assert.Empty(assessment.WaitingFor);
    }

    [Fact]
    public void Age_is_counted_on_the_day_of_treatment()
    {
        var almost = Shipped.With(Shipped.CleanPatient with { BirthDate = new DateOnly(2008, 7, 11) });

        Assert.True(Shipped.Assess(almost).Has("ci-age-12-17-non-acne"));
        Assert.False(Shipped.Assess(almost with { Date = new DateOnly(2026, 7, 11) }).Has("ci-age-12-17-non-acne"));
    }

    [Fact]
    public void The_same_knowledge_has_the_same_hash_and_any_change_another()
    {
        var first = Shipped.Knowledge.Contraindications[0];
        var changed = Shipped.Knowledge with { Contraindications = [first with { Title = "Something else" }, .. Shipped.Knowledge.Contraindications.Skip(1)] };

        Assert.Equal("sha256:".Length + 64, Shipped.Book.Hash.Length);
        Assert.Equal(Shipped.Book.Hash, new RuleBook(Shipped.Knowledge).Hash);
        Assert.NotEqual(Shipped.Book.Hash, new RuleBook(changed).Hash, StringComparer.Ordinal);
        Assert.Equal(Shipped.Book.Hash, Shipped.Assess(Shipped.Clean).RuleBook);
    }
}
