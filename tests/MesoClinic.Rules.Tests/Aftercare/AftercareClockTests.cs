using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;
using static MesoClinic.Rules.Tests.Aftercare.AftercareTimelineTests;

namespace MesoClinic.Rules.Tests.Aftercare;

public sealed class AftercareClockTests
{
    [Theory]
    [InlineData("2026-03-22T15:30:00", "2026-04-05T16:30:00")]
    [InlineData("2026-10-18T15:30:00", "2026-11-01T14:30:00")]
    public void Fourteen_days_are_336_hours_across_a_change_of_the_clocks(string ended, string clockAtTheEnd)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var local = DateTime.Parse(ended, System.Globalization.CultureInfo.InvariantCulture);
        var end = new DateTimeOffset(local, zone.GetUtcOffset(local));

        var sauna = Assert.Single(For(Healthy, end, new TreatedSession(end)).Entries, entry => entry.Id == "ac-no-sauna");

        Assert.Equal(TimeSpan.FromHours(336), sauna.Until - sauna.From);
        Assert.Equal(DateTime.Parse(clockAtTheEnd, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.ConvertTime(sauna.Until!.Value, zone).DateTime);
        Assert.Equal(AftercareState.NotAllowed, Assert.Single(For(Healthy, sauna.Until.Value.AddSeconds(-1), new TreatedSession(end)).Entries, e => e.Id == "ac-no-sauna").Now);
    }

    [Fact]
    public void The_same_instants_in_other_offsets_give_the_same_answer()
    {
        var at = End.AddHours(336);
        var there = For(Healthy, at.ToOffset(TimeSpan.FromHours(-8)), new TreatedSession(End.ToOffset(TimeSpan.FromHours(9))));
        var here = For(Healthy, at, new TreatedSession(End));

        Assert.Equal(here.Entries.Select(e => (e.Id, e.Now, e.Until)), there.Entries.Select(e => (e.Id, e.Now, e.Until)));
    }
}
