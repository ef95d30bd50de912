using Bunit;
using MesoClinic.Application.Aftercare;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Web.Components.Aftercare;

namespace MesoClinic.Web.Tests.Aftercare;

public sealed class AftercareTimelineViewTests : BunitContext
{
    private static readonly DateTimeOffset Session = new(2026, 6, 13, 15, 30, 0, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset Now = Session.AddDays(3).AddHours(2);

    [Fact]
    public void Groups_what_is_not_allowed_by_its_end_the_nearest_first_and_the_strictest_first_in_each()
    {
        var page = Render(
            Ban("ac-sauna", "Sauna", 14, Strictness.Mandatory), Ban("ac-coffee", "Coffee", 7, Strictness.Advisory), Ban("ac-sport", "Sport", 7, Strictness.Mandatory));

        Assert.Equal(["Until Saturday 20 June, 15:304 days", "Until Saturday 27 June, 15:3011 days"], page.FindAll(".not-yet h3").Select(head => head.TextContent.Trim()));
        Assert.Equal(["Sport", "Coffee", "Sauna"], page.FindAll(".not-yet summary .grow").Select(subject => subject.TextContent));
    }

    [Fact]
    public void Each_row_opens_to_its_reason_and_source()
    {
        var row = Render(Ban("ac-sauna", "Sauna", 14, Strictness.Mandatory)).Find("details");

        Assert.Contains("No sauna. Heat feeds inflammation.", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Source: The clinic's leaflet", row.TextContent, StringComparison.Ordinal);
        Assert.False(row.HasAttribute("open"));
    }

    [Fact]
    public void What_is_allowed_again_and_what_is_advised_stands_under_you_may_now()
    {
        var wash = Ban("ac-wash", "Wash gently", 7, Strictness.Advisory) with { Do = true, Now = AftercareState.Do, Hint = "boiled water" };
        var pressing = Ban("ac-hair", "Washing your hair", 2, Strictness.Mandatory) with { Now = AftercareState.Allowed };

        var chips = Render(wash, pressing, Ban("ac-sauna", "Sauna", 14, Strictness.Mandatory)).FindAll(".chips li").Select(chip => chip.TextContent);

        Assert.Equal(["Wash gentlyboiled water", "Washing your hairsince yesterday, 15:30"], chips);
    }

    [Fact]
    public void What_a_patient_does_not_tolerate_has_no_end()
    {
        var page = Render(Ban("ac-sauna", "Sauna", 14, Strictness.Mandatory), Ban("ac-pepper", "Pepper plaster", 7, Strictness.Mandatory) with { Until = null });

        Assert.Equal("Not for you", page.Find("h3.is-refuse").TextContent);
    }

    private IRenderedComponent<AftercareTimelineView> Render(params TimelineEntry[] entries)
    {
        var timeline = new AftercareTimeline(entries, Session.AddDays(14), [new Milestone(Session.AddDays(14), true, "All clear", ["ac-sauna"])]);
        var view = new GetAftercare.View(
            Now, timeline, [new GetAftercare.TreatedView(Guid.Empty, Session, ["Forehead"], "Nappage")], ["Bruise"], ["Swelling"], null,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["doc-1"] = "The clinic's leaflet" }, []);
        return Render<AftercareTimelineView>(parameters => parameters.Add(p => p.View, view));
    }

    private static TimelineEntry Ban(string id, string subject, int days, Strictness strictness) => new(
        id, "heat", false, strictness, Session, Session.AddDays(days), AftercareState.NotAllowed, subject, null, $"No {subject.ToLowerInvariant()}.", "Heat feeds inflammation.", ["doc-1"]);
}
