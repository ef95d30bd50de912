using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Sessions;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class RecorderPartsTests : BunitContext
{
    [Fact]
    public void A_red_note_stays_under_the_head_until_it_is_read_and_then_in_one_line()
    {
        var note = Render<KeptNote>(p => p.Add(n => n.Title, "Lot HA-4 is recalled.").Add(n => n.ChildContent, "Stop now."));

        Assert.Contains("Stop now.", note.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        note.Find("button:contains('I have read this')").Click();

        Assert.Empty(note.FindAll("[role=alert]"));
        Assert.Equal("Lot HA-4 is recalled.", note.Find("summary").TextContent);
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public void A_volume_above_its_limit_is_said_in_words()
    {
        var draft = new SaveSessionDraft.Command { Points = 3000, VolumePerInjectionMl = 0.014m, NeedleOuterDiameterMm = 0.3m };
        var meters = Render<SessionMeters>(p => p.Add(m => m.Draft, draft).Add(m => m.Limits, new TechniqueLimits(1.2m, 0.02m, 0.31m, 60)).Add(m => m.Number, 1));

        Assert.Equal("42 ml planned, at most 1.2 ml in a first session.", meters.Find("[role=alert]").TextContent.Trim());
        Assert.Contains("Needle0.3 mmup to 30G, 0.3 mm", meters.FindAll(".row").Select(row => row.TextContent));
        Assert.Empty(meters.FindAll(".meter.is-caution"));

        draft.Points = 80;
        meters.Render();
        Assert.Empty(meters.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData("30G", "0.3")]
    [InlineData("32 g", "0.23")]
    [InlineData("12G", null)]
    [InlineData("0.3", null)]
    public void A_needle_may_be_named_by_its_gauge(string typed, string? mm) =>
        Assert.Equal(mm is null ? null : decimal.Parse(mm, System.Globalization.CultureInfo.InvariantCulture), Needles.OfGauge(typed));
}
