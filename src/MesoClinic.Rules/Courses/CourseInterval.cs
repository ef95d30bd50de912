namespace MesoClinic.Rules.Courses;

/// <summary>Days from one session of a course to the next.</summary>
public sealed record CourseInterval
{
    /// <param name="min">The fewest days, 1 or more.</param>
    /// <param name="max">The most days; null = open.</param>
    /// <param name="wished">What is tried first; null = the most, or the fewest where the most is open: skin that rested longer is never the worse choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least is below 1, the most below the least, or the wish outside both.</exception>
    public CourseInterval(int min, int? max = null, int? wished = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(min, 1);
        var (most, first) = (max ?? int.MaxValue, wished ?? max ?? min);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, min, nameof(max));
        ArgumentOutOfRangeException.ThrowIfLessThan(first, min, nameof(wished));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, most, nameof(wished));
        Min = min;
        Max = max;
        Wished = first;
    }

    public int Min { get; }
    public int? Max { get; }
    public int Wished { get; }

    /// <summary>The interval that a clinician chose: as wished, and within the table's range as long as the choice lies in it.</summary>
    public static CourseInterval Of(Protocol protocol, CourseNumber chosen)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(chosen);
        var (min, max) = (protocol.IntervalDays.Min ?? chosen.Value, protocol.IntervalDays.Max);
        return chosen.Source == CourseNumberSource.Table ? new CourseInterval(min, max, chosen.Value) : new CourseInterval(chosen.Value);
    }

    internal DateOnly End(DateOnly last) => Max is { } most ? last.AddDays(most) : DateOnly.MaxValue;

    /// <summary>The days of the interval, those nearest to the wish first and of two equally near the later, then every day after it.</summary>
    internal IEnumerable<DateOnly> NearestFirst(DateOnly last)
    {
        var most = Max ?? Min + CourseDates.HorizonDays;
        return Enumerable.Range(Min, most - Min + 1)
            .OrderBy(days => Math.Abs(days - Wished))
            .ThenByDescending(days => days)
            .Concat(Enumerable.Range(most + 1, Math.Max(0, Min + CourseDates.HorizonDays - most)))
            .Select(last.AddDays);
    }
}
