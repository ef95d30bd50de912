using MesoClinic.Rules.Courses;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Courses;

public sealed class CourseDatesTests
{
    private static readonly DateOnly First = new(2026, 7, 10);

    [Fact]
    public void A_course_against_which_nothing_speaks_keeps_its_weekday()
    {
        var dates = CourseDates.Propose(First, 4, new CourseInterval(5, 7), DayVerdict.By(Shipped.Book, Shipped.Clean));

        Assert.Equal([First, First.AddDays(7), First.AddDays(14), First.AddDays(21)], dates.Sessions.Select(session => session.Date));
        Assert.All(dates.Sessions, session => Assert.False(session.IsMoved || session.IsLate || session.MovedBecause.Count > 0));
        Assert.Empty(dates.NoDayBecause);
    }

    [Fact]
    public void Sessions_keep_clear_of_a_planned_botulinum_injection_and_say_so()
    {
        var request = Shipped.With(Shipped.CleanPatient with { Events = [new EventFact("botulinum-toxin", First.AddDays(20), ["forehead"])] });

        var dates = CourseDates.Propose(First, 3, new CourseInterval(5, 7), DayVerdict.By(Shipped.Book, request));

        Assert.Equal([First, First.AddDays(6), First.AddDays(34)], dates.Sessions.Select(session => session.Date));
        Assert.False(dates.Sessions[1].IsLate);
        Assert.True(dates.Sessions[2].IsLate);
        var reason = Assert.Single(dates.Sessions[2].MovedBecause);
        Assert.Equal(Shipped.Book.Contraindications["ci-botulinum-14d"].Title, reason.What);
    }

    [Fact]
    public void A_course_goes_on_after_the_sessions_that_were_done()
    {
        var dates = CourseDates.Propose(First, 1, new CourseInterval(5, 7), DayVerdict.By(Shipped.Book, Shipped.Clean), new CourseSoFar(2, First.AddDays(-3)));

        var session = Assert.Single(dates.Sessions);
        Assert.Equal((3, First.AddDays(2)), (session.Number, session.Date));
        Assert.Equal(Shipped.Book.Contraindications["ci-interval-too-short"].Title, Assert.Single(session.MovedBecause).What);
    }

    [Fact]
    public void A_state_without_an_end_leaves_no_day_and_says_why()
    {
        var request = Shipped.With(Shipped.CleanPatient with { Conditions = [new ConditionFact("G40.9")] });

        var dates = CourseDates.Propose(First, 3, new CourseInterval(5, 7), DayVerdict.By(Shipped.Book, request));

        Assert.Empty(dates.Sessions);
        Assert.NotEmpty(dates.NoDayBecause);
    }

    [Fact]
    public void An_own_choice_of_interval_is_kept_as_it_is()
    {
        var protocol = Protocols.For(Shipped.Book, "ind-wrinkles", null, First)!;

        var weekly = CourseInterval.Of(protocol, protocol.ChooseIntervalDays(6));
        Assert.Equal((5, 7, 6), (weekly.Min, weekly.Max!.Value, weekly.Wished));
        var monthly = CourseInterval.Of(protocol, protocol.ChooseIntervalDays(28));
        Assert.Equal((28, null, 28), (monthly.Min, monthly.Max, monthly.Wished));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(7, 5, null)]
    [InlineData(5, 7, 4)]
    [InlineData(5, 7, 8)]
    public void An_impossible_interval_is_a_bug(int min, int? max, int? wished) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CourseInterval(min, max, wished));

    [Fact]
    public void A_refusal_without_a_reason_is_a_bug() => Assert.Throws<ArgumentException>(() => DayVerdict.Refused());
}
