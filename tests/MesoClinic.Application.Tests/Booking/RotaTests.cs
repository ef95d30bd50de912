using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Application.Tests.Booking;

public sealed class RotaTests
{
    private static readonly Guid Eva = new("018f0000-0000-7000-8000-00000000000e");
    private static readonly DateOnly Tuesday = new(2026, 6, 9);
    private static readonly IReadOnlyList<DayHours> Opening = [.. DayHours.EveryDay(new(9, 0), new(19, 0)).Where(hours => hours.Day != DayOfWeek.Sunday)];

    [Theory]
    [InlineData("2026-06-14", "10:00", "Closed on Sundays. Open again on Monday 15 June, 09:00.")]
    [InlineData("2026-12-25", "10:00", "Closed on 25 December (Christmas Day). Open again on Saturday 26 December, 09:00.")]
    [InlineData("2026-06-11", "18:45", "On Thursdays the clinic is open 09:00–19:00. Choose a time within, or a shorter appointment.")]
    [InlineData("2026-06-30", "10:00", "Eva Lindt is on leave until 3 July. Works again on Tuesday 7 July; or choose somebody else.")]
    [InlineData("2026-06-10", "10:00", "Eva Lindt does not work on Wednesdays. Works again on Thursday 11 June; or choose somebody else.")]
    [InlineData("2026-06-09", "09:30", "Eva Lindt works 10:00–18:00 on Tuesdays. Choose a time within, or somebody else.")]
    [InlineData("2026-06-09", "12:45", "Eva Lindt has a break 13:00–14:00. Choose a time before or after it, or somebody else.")]
    [InlineData("2026-06-09", "12:30", null)]
    [InlineData("2026-06-09", "14:00", null)]
    public void It_says_why_a_time_cannot_be_used_and_what_would_make_it_possible(string day, string start, string? expected)
    {
        var from = DateOnly.ParseExact(day, "yyyy-MM-dd", null).ToDateTime(TimeOnly.ParseExact(start, "HH:mm", null));

        Assert.Equal(expected, EvasRota().Refuse(from, from.AddMinutes(30), Eva)?.Message);
    }

    [Fact]
    public void Who_has_no_hours_of_their_own_works_whenever_the_clinic_is_open()
    {
        var somebody = Guid.NewGuid();
        var rota = new Rota(Opening, new Dictionary<DateOnly, string>(), new Dictionary<Guid, Rota.Practitioner> { [somebody] = new("Linh Tran", [], []) });

        Assert.Equal([(new TimeOnly(9, 0), new TimeOnly(19, 0))], rota.FreeToWork(Tuesday, somebody));
    }

    [Fact]
    public void A_clinic_that_never_opens_names_no_day()
    {
        var rota = new Rota([], new Dictionary<DateOnly, string>(), new Dictionary<Guid, Rota.Practitioner>());
        var start = Tuesday.ToDateTime(new TimeOnly(10, 0));

        Assert.Equal("Closed on Tuesdays. Choose another day.", rota.Refuse(start, start.AddMinutes(30), Eva)?.Message);
    }

    /// <summary>What is offered and what is accepted are the same: a time is refused exactly when it lies in no stretch that is free to work.</summary>
    [Fact]
    public void What_is_offered_is_what_is_accepted() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 240), Gen.Zip(Gen.Choose(0, 287), Gen.Choose(1, 48))).ToArbitrary(),
        drawn =>
        {
            var (offset, (startSlot, slots)) = drawn;
            var rota = EvasRota();
            var start = Tuesday.AddDays(offset).ToDateTime(TimeOnly.MinValue).AddMinutes(5 * startSlot);
            var end = start.AddMinutes(5 * slots);
            var day = DateOnly.FromDateTime(start);
            var offered = rota.FreeToWork(day, Eva).Any(part => day.ToDateTime(part.From) <= start && end <= day.ToDateTime(part.To));
            return offered == (rota.Refuse(start, end, Eva) is null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Rota EvasRota()
    {
        DayHours On(DayOfWeek day) => new() { Day = day, From = new(10, 0), To = new(18, 0), BreakFrom = new(13, 0), BreakTo = new(14, 0) };
        return new Rota(
            Opening,
            new Dictionary<DateOnly, string> { [new(2026, 12, 25)] = "Christmas Day" },
            new Dictionary<Guid, Rota.Practitioner>
            {
                [Eva] = new("Eva Lindt", [On(DayOfWeek.Tuesday), On(DayOfWeek.Thursday)], [new Leave { From = new(2026, 6, 29), Until = new(2026, 7, 3) }]),
            });
    }
}
