using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Courses;

namespace MesoClinic.Rules.Tests.Courses;

/// <summary>What holds for every interval and every calendar of refused days.</summary>
public sealed class CourseDatesProperties
{
    private static readonly DateOnly First = new(2026, 7, 10);

    private static readonly Gen<(CourseInterval Interval, int Count, HashSet<DateOnly> Refused)> Courses =
        from min in Gen.Choose(1, 12)
        from max in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(min, min + 10).Select(days => (int?)days))
        from wished in Gen.Choose(min, max ?? (min + 10))
        from count in Gen.Choose(1, 8)
        from share in Gen.Choose(0, 9)
        from dice in Gen.Choose(0, 9).ListOf(300)
        select (new CourseInterval(min, max, wished), count, dice.Select((die, day) => (die, day)).Where(x => x.die < share).Select(x => First.AddDays(x.day)).ToHashSet());

    [Fact]
    public void No_proposed_day_is_refused_and_they_ascend() => Check((dates, course) =>
    {
        Assert.Equal(course.Count, dates.Sessions.Count);
        Assert.DoesNotContain(dates.Sessions, session => course.Refused.Contains(session.Date));
        Assert.Equal(Enumerable.Range(1, course.Count), dates.Sessions.Select(session => session.Number));
        Assert.All(dates.Sessions.Zip(dates.Sessions.Skip(1)), pair => Assert.True(pair.First.Date < pair.Second.Date));
    });

    [Fact]
    public void The_interval_is_kept_while_any_of_its_days_is_allowed_otherwise_the_first_day_after_it_is_taken_and_marked() => Check((dates, course) =>
    {
        foreach (var (last, next) in dates.Sessions.Zip(dates.Sessions.Skip(1)))
        {
            var most = course.Interval.Max ?? 1000;
            var within = Days(last.Date, course.Interval.Min, most).Where(day => !course.Refused.Contains(day)).ToList();
            Assert.Equal(within.Count == 0, next.IsLate);
            var nearest = within
                .OrderBy(day => Math.Abs(day.DayNumber - last.Date.DayNumber - course.Interval.Wished))
                .ThenByDescending(day => day)
                .Concat(Days(last.Date, most + 1, most + 1000).Where(day => !course.Refused.Contains(day)));
            Assert.Equal(nearest.First(), next.Date);
        }
    });

    [Fact]
    public void The_first_session_is_on_the_first_allowed_day_from_the_wished_one_on() => Check((dates, course) =>
        Assert.Equal(Days(First, 0, 1000).First(day => !course.Refused.Contains(day)), dates.Sessions[0].Date));

    [Fact]
    public void A_day_that_was_moved_says_why_and_one_that_was_not_says_nothing() => Check((dates, course) => Assert.All(dates.Sessions, session =>
    {
        Assert.Equal(course.Refused.Contains(session.Wished), session.IsMoved);
        Assert.Equal(session.IsMoved, session.MovedBecause.Count > 0);
        Assert.True(!session.IsMoved || session.MovedBecause[0].Facts == Words(session.Wished));
    }));

    private static IEnumerable<DateOnly> Days(DateOnly from, int first, int last) => Enumerable.Range(first, last - first + 1).Select(days => from.AddDays(days));

    private static string Words(DateOnly day) => $"refused on {day:O}";

    private static void Check(Action<CourseDates, (CourseInterval Interval, int Count, HashSet<DateOnly> Refused)> holds) =>
        Prop.ForAll(Courses.ToArbitrary(), course => holds(
            CourseDates.Propose(First, course.Count, course.Interval, (day, _, _) => course.Refused.Contains(day) ? DayVerdict.Refused(new DayReason("Refused", Words(day))) : DayVerdict.Allowed),
            course)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
