namespace MesoClinic.Rules.Courses;

/// <summary>Says whether a session of a course may take place on a day.</summary>
/// <param name="day">The day asked about.</param>
/// <param name="sessionNumber">Which session of the course it would be.</param>
/// <param name="lastSession">The day of the session before it; null = there is none.</param>
public delegate DayVerdict JudgeDay(DateOnly day, int sessionNumber, DateOnly? lastSession);

/// <summary>Days for the sessions of a course, each of which the judge allows.</summary>
/// <param name="Sessions">In order; fewer than asked for when no day was found for one of them.</param>
/// <param name="NoDayBecause">Why there is no day for the next session within two years; empty when all were placed.</param>
public sealed record CourseDates(IReadOnlyList<ProposedSession> Sessions, IReadOnlyList<DayReason> NoDayBecause)
{
    /// <summary>How far ahead a day is looked for, from the earliest on which the session could be.</summary>
    public const int HorizonDays = 730;

    /// <summary>
    /// Proposes a day for each session. The wished day is <see cref="CourseInterval.Wished"/> after the session before; when the judge refuses it, the
    /// nearest allowed day of the interval is taken (of two equally near, the later), and when the whole interval is refused, the first allowed day
    /// after it, marked late. The first one is never placed before the day it was wished for.
    /// </summary>
    /// <param name="done">What of the course was done already; null = nothing.</param>
    /// <param name="first">The wished day of the next session. It is asked about as it is: whether it comes too soon after the last one, the judge says.</param>
    /// <param name="count">How many sessions to place, 1 or more.</param>
    public static CourseDates Propose(DateOnly first, int count, CourseInterval interval, JudgeDay judge, CourseSoFar? done = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentNullException.ThrowIfNull(judge);
        var sessions = new List<ProposedSession>();
        var number = (done?.Sessions ?? 0) + 1;
        var last = done?.LastSession;
        for (var place = 0; place < count; place++, number++)
        {
            var days = place == 0 ? Upwards(first) : interval.NearestFirst(last!.Value);
            var wished = place == 0 ? first : last!.Value.AddDays(interval.Wished);
            var end = place == 0 ? DateOnly.MaxValue : interval.End(last!.Value);
            var because = new List<DayReason>();
            var found = FirstAllowed(days, day => judge(day, number, last), because);
            if (found is not { } day)
            {
                return new CourseDates(sessions, because);
            }
            sessions.Add(new ProposedSession(number, day, wished, because, IsLate: day > end));
            last = day;
        }
        return new CourseDates(sessions, []);
    }

    private static DateOnly? FirstAllowed(IEnumerable<DateOnly> days, Func<DateOnly, DayVerdict> judge, List<DayReason> because)
    {
        foreach (var day in days)
        {
            var verdict = judge(day);
            if (verdict.IsAllowed)
            {
                return day;
            }
            because.AddRange(verdict.Because.ExceptBy(because.Select(known => known.What).ToList(), reason => reason.What, StringComparer.Ordinal));
        }
        return null;
    }

    private static IEnumerable<DateOnly> Upwards(DateOnly from) => Enumerable.Range(0, HorizonDays + 1).Select(from.AddDays);
}

/// <summary>One session of a proposed course.</summary>
/// <param name="Number">Which session of the course it is, from 1.</param>
/// <param name="Wished">The day on which it would have been.</param>
/// <param name="MovedBecause">Why it is not on that day: what the judge said of each day that was tried before, each reason once, with the facts of the first of these days. Empty when it was not moved.</param>
/// <param name="IsLate">No day of the interval was allowed: this is the first one after it.</param>
public sealed record ProposedSession(int Number, DateOnly Date, DateOnly Wished, IReadOnlyList<DayReason> MovedBecause, bool IsLate)
{
    public bool IsMoved => Date != Wished;
}

/// <summary>What of a course was done already.</summary>
/// <param name="Sessions">How many sessions.</param>
/// <param name="LastSession">The day of the last one; null when there was none.</param>
public sealed record CourseSoFar(int Sessions, DateOnly? LastSession);
