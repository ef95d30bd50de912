using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Tests.Waitlist;

public sealed class WaitlistMatchTests
{
    private static readonly Guid Eva = Guid.NewGuid();
    private static readonly DateTime Tuesday10 = new(2026, 6, 9, 10, 0, 0);

    [Fact]
    public void Who_asked_for_this_person_comes_first_then_who_fills_the_time_then_who_waits_longest()
    {
        var (anybody, named, longer, earlier) = (Entry(minutes: 30, day: 1), Entry(minutes: 20, day: 4, practitioners: [Eva]), Entry(minutes: 30, day: 3, practitioners: [Eva]), Entry(minutes: 30, day: 2, practitioners: [Eva]));

        Assert.Equal([earlier, longer, named, anybody], WaitlistMatch.Best(Tuesday10, 30, Eva, [anybody, named, longer, earlier]));
    }

    [Theory]
    [InlineData("2026-06-09 11:55", PartOfDay.Morning, true)]
    [InlineData("2026-06-09 12:00", PartOfDay.Morning, false)]
    [InlineData("2026-06-09 12:00", PartOfDay.Afternoon, true)]
    [InlineData("2026-06-09 17:00", PartOfDay.Afternoon, false)]
    [InlineData("2026-06-09 17:00", PartOfDay.Evening, true)]
    [InlineData("2026-06-08 10:00", PartOfDay.Any, false)]
    [InlineData("2026-06-16 10:00", PartOfDay.Any, true)]
    [InlineData("2026-06-23 10:00", PartOfDay.Any, false)]
    [InlineData("2026-06-10 10:00", PartOfDay.Any, false)]
    public void A_time_suits_only_within_the_days_and_the_part_of_day_that_were_wished(string start, PartOfDay part, bool suits)
    {
        var entry = Entry(30, 1, weekdays: [DayOfWeek.Tuesday], part: part);

        Assert.Equal(suits, WaitlistMatch.Best(DateTime.ParseExact(start, "yyyy-MM-dd HH:mm", null), 30, Eva, [entry]).Count == 1);
    }

    [Fact]
    public void A_longer_visit_comes_last_and_who_wants_somebody_else_is_left_out()
    {
        var (longer, shorter) = (Entry(50, 1), Entry(20, 2));

        Assert.Equal([shorter, longer], WaitlistMatch.Best(Tuesday10, 25, Eva, [longer, shorter, Entry(20, 1, practitioners: [Guid.NewGuid()])]));
    }

    private static WaitlistEntry Entry(int minutes, int day, List<Guid>? practitioners = null, List<DayOfWeek>? weekdays = null, PartOfDay part = PartOfDay.Any) => new()
    {
        PatientId = Guid.NewGuid(),
        Kind = AppointmentKind.Consultation,
        Minutes = minutes,
        Practitioners = practitioners ?? [],
        Weekdays = weekdays ?? [],
        PartOfDay = part,
        From = new(2026, 6, 9),
        Until = new(2026, 6, 16),
        AddedById = Guid.NewGuid(),
        AddedUtc = new DateTime(2026, 6, day, 8, 0, 0, DateTimeKind.Utc),
    };
}
