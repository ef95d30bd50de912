using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Aftercare;

public sealed class MilestoneTests
{
    private static readonly DateTimeOffset End = new(2026, 6, 13, 15, 30, 0, TimeSpan.FromHours(1));

    private static readonly AftercareTimeline Timeline = AftercareTimeline.For(
        [new TreatedSession(End, ["forehead", "cheeks"], ["ing-hyaluronic-acid"])],
        new PatientFacts { Allergies = [], Conditions = [], Medications = [] },
        End.AddDays(3),
        ShippedCare.Aftercare);

    [Fact]
    public void Three_milestones_fit_on_a_line_most_things_then_sun_and_heat_then_all_clear()
    {
        Assert.Equal(
            [(End.AddHours(168), "Most things"), (End.AddHours(336), "Sun, heat"), (End.AddHours(672), "All clear")],
            Timeline.Milestones.Where(milestone => milestone.Main).Select(milestone => (milestone.At, milestone.Label)));
    }

    [Fact]
    public void Every_ban_ends_at_exactly_one_milestone_in_order_of_time()
    {
        var bans = Timeline.Entries.Where(entry => !entry.Do).ToList();

        Assert.Equal(bans.Select(ban => ban.Id).Order(StringComparer.Ordinal), Timeline.Milestones.SelectMany(milestone => milestone.Entries).Order(StringComparer.Ordinal));
        Assert.Equal(Timeline.Milestones.Select(milestone => milestone.At).Order(), Timeline.Milestones.Select(milestone => milestone.At));
        Assert.All(Timeline.Milestones, milestone => Assert.All(milestone.Entries, id => Assert.Equal(milestone.At, bans.Single(ban => ban.Id == id).Until)));
        Assert.Equal(Timeline.AllClear, Timeline.Milestones[^1].At);
    }
}
