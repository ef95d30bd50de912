using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules;
using MesoClinic.Rules.Courses;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Courses;

/// <summary>A time for one session of a series, and what had to give way for it.</summary>
/// <param name="Wished">The day on which it would have been.</param>
/// <param name="Because">Why it is on another day, or at another time, than wished; empty when it is as wished.</param>
/// <param name="IsLate">Later than the course's longest interval.</param>
/// <param name="Worst">The finding that the decision rests on, in words; null when nothing speaks against it.</param>
public sealed record SeriesTime(
    int Number, FreeTimes.FreeTime Time, DateOnly Wished, IReadOnlyList<DayReason> Because, bool IsLate, Decision Decision, string? Worst)
{
    public bool IsConflict => Because.Count > 0;
}

/// <summary>A series of free times that the rule book permits, at the wished time of day where it can be had.</summary>
/// <param name="NoneBecause">Why there is no time for the next one; empty when all were placed.</param>
/// <param name="Cautions">Measures to acknowledge, each once.</param>
public sealed record Series(IReadOnlyList<SeriesTime> Times, IReadOnlyList<DayReason> NoneBecause, IReadOnlyList<Finding> Cautions);

/// <summary>Lays the sessions of a course on days that the rule book allows and on which there is time.</summary>
internal sealed class SeriesSearch(DaySearch search, CurrentRuleBook books)
{
    /// <summary>Enough for a practitioner who is away for a whole season.</summary>
    private const int MostRounds = 400;

    /// <param name="First">The wished day of the first of them.</param>
    /// <param name="Start">The wished time of day; null = any.</param>
    /// <param name="Done">Sessions of the course before these, and the day of the last.</param>
    /// <param name="Facts">The patient and the plan, for the first of them.</param>
    public sealed record Wish(DateOnly First, int Count, TimeOnly? Start, DaySearch.Asked Asked, CourseInterval Interval, CourseSoFar Done, AssessmentRequest Facts);

    public async Task<Series> FindAsync(Wish wish, CancellationToken token)
    {
        var frame = await search.PrepareAsync(wish.Asked, wish.First, token);
        var (free, full) = (new Dictionary<DateOnly, FreeTimes.FreeTime>(), new Dictionary<DateOnly, DayReason>());
        var rules = DayVerdict.By(books.Book, wish.Facts);
        var dates = CourseDates.Propose(wish.First, wish.Count, wish.Interval, Judge, wish.Done);
        for (var round = 0; round < MostRounds && dates.Sessions.Any(session => !free.ContainsKey(session.Date)); round++)
        {
            foreach (var day in dates.Sessions.Select(session => session.Date).Where(day => !free.ContainsKey(day)))
            {
                var times = await search.OfDayAsync(frame, day, token);
                if (times.Count > 0)
                {
                    free[day] = Nearest(times, wish.Start);
                }
                else
                {
                    full[day] = WhyFull(frame, day);
                }
            }

            dates = CourseDates.Propose(wish.First, wish.Count, wish.Interval, Judge, wish.Done);
        }

        return Describe(wish, dates, free);

        DayVerdict Judge(DateOnly day, int number, DateOnly? last) =>
            full.TryGetValue(day, out var reason) ? DayVerdict.Refused(reason) : rules(day, NumberOf(wish, number), LastOf(wish, last));
    }

    /// <summary>An interval that keeps the weekday where it can.</summary>
    public static CourseInterval IntervalOf(Course course)
    {
        ArgumentNullException.ThrowIfNull(course);
        var most = course.IntervalDaysMax ?? int.MaxValue;
        var weeks = course.IntervalDaysMax is { } max ? max / 7 * 7 : (course.IntervalDaysMin + 6) / 7 * 7;
        return new CourseInterval(course.IntervalDaysMin, course.IntervalDaysMax, weeks >= course.IntervalDaysMin && weeks <= most ? weeks : null);
    }

    private Series Describe(Wish wish, CourseDates dates, Dictionary<DateOnly, FreeTimes.FreeTime> free)
    {
        var cautions = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var times = new List<SeriesTime>();
        var last = wish.Done.LastSession;
        foreach (var session in dates.Sessions.Where(session => free.ContainsKey(session.Date)))
        {
            var assessment = books.Book.Assess(wish.Facts with
            {
                Date = session.Date,
                Plan = wish.Facts.Plan with { SessionNumber = NumberOf(wish, session.Number), LastSession = LastOf(wish, last) },
            });
            foreach (var caution in assessment.Findings.Where(finding => finding.Action == Decision.AllowWithCaution))
            {
                cautions.TryAdd(caution.Rule, caution);
            }

            var time = free[session.Date];
            var because = session.MovedBecause.ToList();
            if (wish.Start is { } start && time.Start != start)
            {
                because.Add(new DayReason($"{start:HH\\:mm} is not free that day"));
            }

            times.Add(new SeriesTime(
                session.Number, time, session.Wished, because, session.IsLate, assessment.Decision,
                assessment.Decision > Decision.AllowWithCaution ? assessment.Findings.FirstOrDefault(finding => finding.Action == assessment.Decision)?.Title : null));
            last = session.Date;
        }

        return new Series(times, dates.NoDayBecause, [.. cautions.Values]);
    }

    private static FreeTimes.FreeTime Nearest(IReadOnlyList<FreeTimes.FreeTime> times, TimeOnly? wished) =>
        wished is { } start ? times.MinBy(time => Math.Abs((time.Start.ToTimeSpan() - start.ToTimeSpan()).TotalMinutes))! : times[0];

    private static DayReason WhyFull(DaySearch.Frame frame, DateOnly day)
    {
        if (frame.Rota.OpenOn(day) is null)
        {
            return new DayReason("The clinic is closed", frame.Rota.ClosedOn(day));
        }

        var who = frame.Practitioners.Count == 1 ? frame.Practitioners[0].Name : "Nobody";
        return frame.Practitioners.All(p => frame.Rota.FreeToWork(day, p.Id).Count == 0)
            ? new DayReason(frame.Practitioners.Count == 1 ? $"{who} does not work" : "Nobody works")
            : new DayReason(frame.Practitioners.Count == 1 ? $"{who} has no free time" : "Nobody has a free time");
    }

    /// <summary>The rule book counts every session for the indication, those of earlier courses too.</summary>
    private static int NumberOf(Wish wish, int number) => (wish.Facts.Plan.SessionNumber ?? wish.Done.Sessions + 1) + number - wish.Done.Sessions - 1;

    private static DateOnly? LastOf(Wish wish, DateOnly? last) => wish.Facts.Plan.LastSession is { } treated && (last is null || treated > last) ? treated : last;
}
