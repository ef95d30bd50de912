using Bunit;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Web.Components.Shared;
using static MesoClinic.Web.Tests.Shared.SampleAssessments;

namespace MesoClinic.Web.Tests.Shared;

public sealed class AssessmentPanelTests : BunitContext
{
    [Theory]
    [InlineData(Decision.Allow, "Allow", "d-allow", 1, "Nothing speaks against this plan")]
    [InlineData(Decision.AllowWithCaution, "Allow with caution", "d-caution", 2, "Acknowledge each one")]
    [InlineData(Decision.PhysicianReview, "Physician review", "d-review", 3, "A physician may allow this with a reason")]
    [InlineData(Decision.Incomplete, "Incomplete", "d-incomplete", 4, "Unknown is never read as “no”")]
    [InlineData(Decision.ModifyPlan, "Modify plan", "d-modify", 5, "This plan is blocked, the patient is not")]
    [InlineData(Decision.Postpone, "Postpone", "d-postpone", 6, "have cleared")]
    [InlineData(Decision.Refuse, "Refuse", "d-refuse", 7, "Martin Keane must not be injected. There is no override")]
    public void Tells_a_decision_by_word_icon_level_and_sentence(Decision decision, string word, string icon, int level, string sentence)
    {
        var panel = Panel(Of(decision) with { Missing = decision == Decision.Incomplete ? ["q-pregnant"] : [] });

        Assert.Equal($"Assessment: {word}", panel.Find("section").GetAttribute("aria-label"));
        Assert.Equal(word, panel.Find("h2").TextContent);
        Assert.Equal($"/icons.svg#i-{icon}", panel.Find(".verdict > svg use").GetAttribute("href"));
        Assert.Equal($"Level {level} of 7", panel.Find("[role=img].ladder").GetAttribute("aria-label"));
        Assert.Equal(level, panel.FindAll(".ladder i.on").Count);
        Assert.Contains(sentence, panel.Find(".verdict p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_of_each_finding_what_triggered_it_why_what_clears_it_what_instead_and_who_says_so()
    {
        var finding = Panel(Of(Decision.Refuse, Finding(Decision.Refuse, "ci-anticoagulant-current"))).Find("li.finding");

        Assert.Equal("Current anticoagulant treatment", finding.QuerySelector("h3")!.TextContent);
        Assert.Equal("rules/ci-anticoagulant-current", finding.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Takes rivaroxaban", finding.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Why", "Clears when", "Instead", "Sources"], finding.QuerySelectorAll("dt").Select(term => term.TextContent));
        Assert.Equal(["Bruises grow", "The prescriber has ended it", "Electrophoresis of actives", "Source document 1"], finding.QuerySelectorAll("dd").Select(words => words.TextContent));
    }

    [Fact]
    public void Shows_all_findings_each_in_its_own_rank()
    {
        var panel = Panel(Of(Decision.Refuse, Finding(Decision.Refuse, "ci-a"), Finding(Decision.AllowWithCaution, "ci-b"), Finding(Decision.Allow, "ci-c", Tier.ExplicitlyNotAContraindication)));

        Assert.Equal(["is-refuse", "is-caution", "is-allow"], panel.FindAll("li.finding").Select(item => item.ClassList[^1]));
        Assert.EndsWith(": not a contraindication", panel.FindAll("li.finding h3")[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_the_earliest_safe_date_with_its_condition_and_what_has_no_date()
    {
        var panel = Panel(Of(Decision.Postpone, Finding(Decision.Postpone, "ci-botulinum-14d", Tier.Temporary)) with
        {
            EarliestSafeDate = new DateOnly(2026, 6, 20),
            WaitingFor = ["ci-fever"],
        });

        Assert.Contains("Saturday 20 June 2026", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("only if that day's check-in is clear", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("No date can be computed for: Fever.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_missing_in_words_and_who_answers()
    {
        var panel = Panel(Of(Decision.Incomplete) with { Missing = ["q-pregnant", "v-skin-infection", "medications[1].prescriberConfirmedStop", "q-nobody-knows"] });

        Assert.StartsWith("Four facts that matter are unknown.", panel.Find(".verdict p").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Are you pregnant?|Unknown|Patient",
                "Skin infection inside the planned area|Unknown|Clinician",
                "Medicine 2: did the prescriber end it?|Unknown|Patient",
                "q-nobody-knows|Unknown|Clinician",
            ],
            panel.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent))));
    }

    [Fact]
    public void Names_what_is_still_to_ask_without_changing_the_decision()
    {
        var panel = Panel(Of(Decision.Allow) with { StillToAsk = ["q-pregnant"] });

        Assert.Contains("Still to ask", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Are you pregnant?", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("Allow", panel.Find("h2").TextContent);
    }

    [Fact]
    public void Says_at_the_foot_when_by_which_book_and_that_it_is_not_signed_off()
    {
        var foot = Panel(Of(Decision.Allow)).Find(".panel-foot").TextContent;

        Assert.Equal("At booking. Assessed 16 June 2026, 11:17. Rule book 3f9a…c2e1, not signed off.", foot);
    }

    [Fact]
    public void Keeps_the_earlier_result_while_a_new_check_runs_and_says_so()
    {
        var panel = Panel(Of(Decision.Refuse), checking: true);

        Assert.Equal("true", panel.Find("section").GetAttribute("aria-busy"));
        Assert.Contains("earlier result", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Refuse", panel.Find("h2").TextContent);
    }

    [Fact]
    public void Offers_an_acknowledgement_only_where_one_is_asked_for()
    {
        var panel = Render<AssessmentPanel>(p => p
            .Add(x => x.Assessment, Of(Decision.Refuse, Finding(Decision.Refuse, "ci-a"), Finding(Decision.AllowWithCaution, "ci-b")))
            .Add(x => x.Acknowledge, finding => $"<label><input type=\"checkbox\">{finding.Rule}</label>"));

        Assert.Equal("ci-b", Assert.Single(panel.FindAll("label")).TextContent);
    }

    private IRenderedComponent<AssessmentPanel> Panel(Assessment assessment, bool checking = false) => Render<AssessmentPanel>(p => p
        .Add(x => x.Assessment, assessment)
        .Add(x => x.PatientName, "Martin Keane")
        .Add(x => x.Stage, Stage.Booking)
        .Add(x => x.AssessedAt, new DateTime(2026, 6, 16, 11, 17, 0, DateTimeKind.Unspecified))
        .Add(x => x.Checking, checking)
        .Add(x => x.Knowledge, Titles));
}
