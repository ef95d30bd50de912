using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Semantics;

/// <summary>Unknown is never safe, and never more than it has to be.</summary>
public sealed class UnknownTests
{
    [Theory]
    [InlineData("q-epilepsy")]
    [InlineData("q-pregnant")]
    [InlineData("v-fever")]
    [InlineData("q-needle-fear")]
    public void An_answer_listed_as_null_makes_the_decision_incomplete_and_names_its_question(string question)
    {
        var assessment = Shipped.Assess(Shipped.Answering((question, null)));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal([question], assessment.Missing);
    }

    [Fact]
    public void An_unknown_caution_is_still_to_ask_and_changes_nothing()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-fasting", null)));

        Assert.Equal(Decision.Allow, assessment.Decision);
        Assert.Equal(["q-fasting"], assessment.StillToAsk);
    }

    [Fact]
    public void An_answer_outside_the_options_is_unknown()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-pregnant", "perhaps")));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Contains("q-pregnant", assessment.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void Only_facts_that_can_still_change_a_rule_are_missing()
    {
        // Epilepsy is certain: whether there was ever a seizure cannot change that rule any more.
        var request = Shipped.Answering(("q-epilepsy", "yes"), ("q-seizure-ever", null));

        var assessment = Shipped.Assess(request);

        Assert.Equal(Decision.Refuse, assessment.Decision);
        Assert.DoesNotContain("q-seizure-ever", assessment.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void A_plan_without_the_ingredient_does_not_ask_what_the_ingredient_would_need()
    {
        var request = Shipped.Answering(("q-contraception", null), ("q-g6pd", null));

        Assert.Equal(Decision.Allow, Shipped.Assess(request).Decision);
        var withRetinol = Shipped.Assess(request with { Plan = Shipped.CleanPlan with { Ingredients = ["ing-retinol"] } });
        Assert.Equal(["q-contraception"], withRetinol.Missing);
    }

    [Fact]
    public void A_missing_birth_date_is_missing_even_in_a_complete_history()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPatient with { BirthDate = null }));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Contains("birthDate", assessment.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void A_refusal_still_lists_what_is_missing()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("q-epilepsy", "yes"), ("q-keloid-self", null)));

        Assert.Equal(Decision.Refuse, assessment.Decision);
        Assert.Equal(["q-keloid-self"], assessment.Missing);
    }

    [Theory]
    [InlineData("conditions", "conditions")]
    [InlineData("medications", "medications")]
    [InlineData("allergies", "allergies")]
    [InlineData("procedures", "events")]
    public void What_does_not_stand_on_an_expired_list_is_unknown(string list, string field)
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPatient with
        {
            Conditions = [],
            Medications = [],
            Allergies = [],
            Events = [],
            IncompleteLists = [list],
        }));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal([field], assessment.Missing);
    }

    [Fact]
    public void What_stands_on_an_expired_list_still_counts()
    {
        var assessment = Shipped.Assess(Shipped.With(Shipped.CleanPatient with { Conditions = [new ConditionFact("G40.9")], IncompleteLists = ["conditions"] }));

        Assert.True(assessment.Has("ci-epilepsy"));
    }

    [Fact]
    public void Ids_outside_the_tables_are_unknown_and_never_harmless()
    {
        var plan = Shipped.CleanPlan with { Ingredients = ["ing-hyaluronic-acid", "ing-mystery"], Technique = "tech-mystery", Indication = "ind-mystery", Areas = ["mystery"] };
        var assessment = Shipped.Assess(Shipped.With(plan) with { Patient = Shipped.CleanPatient with { Allergies = ["alg-mystery"] } });

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal(["allergies[0]", "areas[0]", "indication", "ingredients[1]", "technique"], assessment.Missing);
    }

    [Fact]
    public void A_history_of_which_only_the_allergies_were_listed_does_not_report_them_as_never_asked()
    {
        var unreviewed = Shipped.Clean with { HistoryComplete = false };

        Assert.True(Shipped.Assess(unreviewed).Has("ci-allergy-history-unknown"));
        Assert.False(Shipped.Assess(unreviewed with { Patient = Shipped.CleanPatient with { Allergies = [] } }).Has("ci-allergy-history-unknown"));
    }

    [Fact]
    public void A_lab_value_is_missing_only_for_those_whom_it_concerns()
    {
        var asked = Shipped.Clean with { HistoryComplete = false, Patient = Shipped.CleanPatient with { Conditions = [] } };
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-diabetes"] = "none" };
        var healthy = asked with { Patient = asked.Patient with { Answers = answers } };
        var diabetic = healthy with { Patient = healthy.Patient with { Conditions = [new ConditionFact("E11.9")] } };

        Assert.DoesNotContain("labs.hba1c_mmol_mol", Shipped.Assess(healthy).Missing, StringComparer.Ordinal);
        Assert.Contains("labs.hba1c_mmol_mol", Shipped.Assess(diabetic).Missing, StringComparer.Ordinal);
    }
}
