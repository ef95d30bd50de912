using Bunit;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Web.Components.Complications;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Complications;

public sealed class ReportResultTests : BunitContext
{
    public ReportResultTests() => Services.AddSingleton(new ClinicCardSource(new ClinicCard("Harrow Lane Clinic", "020 7946 0142", "999", Demo: true)));

    [Theory]
    [InlineData(TriageLevel.SelfCare, "You can care for it at home", 1, "is-allow")]
    [InlineData(TriageLevel.CallClinic, "Call the clinic", 2, "is-caution")]
    [InlineData(TriageLevel.SeeDoctorToday, "See a doctor today", 3, "is-postpone")]
    [InlineData(TriageLevel.Emergency, "This is an emergency", 4, "is-refuse")]
    public void Tells_the_level_in_words_and_by_its_place_on_the_ladder(TriageLevel level, string words, int step, string role)
    {
        var result = Result(level);

        Assert.Equal(words, result.Find("h1").TextContent);
        Assert.Equal(step, result.FindAll(".lv i.on").Count);
        Assert.Contains($"Level {step} of 4", result.Find(".level").TextContent, StringComparison.Ordinal);
        Assert.Contains(role, result.Find(".result").ClassList);
    }

    [Fact]
    public void An_emergency_dials_the_emergency_number_and_everything_else_the_clinic()
    {
        Assert.Equal(["tel:999"], Result(TriageLevel.Emergency).FindAll("a.call").Select(link => link.GetAttribute("href")));
        Assert.Equal(["tel:02079460142"], Result(TriageLevel.SeeDoctorToday).FindAll("a.call").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Lists_every_step_of_the_advice_in_its_order()
    {
        Assert.Equal(["See a doctor today.", "Do not press."], Result(TriageLevel.SeeDoctorToday).FindAll("ol.do li").Select(step => step.TextContent));
    }

    [Fact]
    public void The_emergency_card_names_the_signs_and_the_clinics_own_number()
    {
        var card = Render<EmergencyCard>();

        Assert.Equal("Call 999 at once if", card.Find("h2").TextContent);
        Assert.Equal("tel:999", card.Find("a").GetAttribute("href"));
        Assert.Equal(4, card.FindAll("li").Count);
    }

    private IRenderedComponent<ReportResult> Result(TriageLevel level) => Render<ReportResult>(parameters => parameters
        .Add(p => p.Level, level).Add(p => p.Steps, ["See a doctor today.", "Do not press."]).Add(p => p.Lead, "Redness."));
}
