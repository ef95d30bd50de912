using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Courses;

/// <summary>The course that the tables recommend for an indication. A number that they do not hold is null: the clinician enters one.</summary>
/// <param name="Indication">Row of the table (ind-…).</param>
/// <param name="IntervalDays">Days from one session to the next.</param>
/// <param name="Techniques">Techniques (tech-…), the usual one first.</param>
/// <param name="UsualIngredients">Ingredients (ing-…) that are usually injected.</param>
/// <param name="ResultAfterSessions">The session after which a result can be expected.</param>
/// <param name="ExpectedResult">The same in words.</param>
/// <param name="Age">What the age of the patient means for it.</param>
/// <param name="Basis">Where the numbers come from, in words.</param>
/// <param name="Sources">Keys of the source registry.</param>
public sealed record Protocol(
    string Indication,
    string Title,
    NumberRange Sessions,
    NumberRange IntervalDays,
    IReadOnlyList<string> Techniques,
    IReadOnlyList<string> UsualIngredients,
    int? ResultAfterSessions,
    string? ExpectedResult,
    AgeBand Age,
    string Basis,
    string? Note,
    IReadOnlyList<string> Sources,
    ReviewStatus ReviewStatus)
{
    /// <summary>The number of sessions to begin with, the fewest that the table recommends; null where it holds none.</summary>
    public CourseNumber? UsualSessions => Usual(Sessions.Min ?? Sessions.Max);

    /// <summary>The days between sessions to begin with, the most that the table recommends: skin that rested longer is never the worse choice.</summary>
    public CourseNumber? UsualIntervalDays => Usual(IntervalDays.Max ?? IntervalDays.Min);

    /// <summary>The number of sessions that a clinician decided on, marked as their own choice unless it lies in the table's range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public CourseNumber ChooseSessions(int sessions) => Sessions.Choose(sessions);

    /// <summary>The days between sessions that a clinician decided on, marked likewise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public CourseNumber ChooseIntervalDays(int days) => IntervalDays.Choose(days);

    private static CourseNumber? Usual(int? value) => value is { } number ? new CourseNumber(number, CourseNumberSource.Table) : null;
}

/// <summary>What a table recommends, both ends included; an end that it does not name is null.</summary>
public sealed record NumberRange(int? Min, int? Max)
{
    /// <summary>Whether the table names any number. One that names only the least leaves the most open.</summary>
    public bool IsKnown => Min is not null || Max is not null;

    internal CourseNumber Choose(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        var recommended = IsKnown && !(value < Min) && !(value > Max);
        return new CourseNumber(value, recommended ? CourseNumberSource.Table : CourseNumberSource.OwnChoice);
    }
}

/// <summary>From which age an indication is treated, and what that means for one patient.</summary>
/// <param name="From">Completed years.</param>
/// <param name="WeakerAfter">Beyond these completed years less is to be expected; null = not named.</param>
/// <param name="Note">The same in words.</param>
public sealed record AgeBand(int From, int? WeakerAfter, string Note, AgeFit Patient);

public enum AgeFit
{
    /// <summary>The date of birth is not known: never taken as suitable.</summary>
    Unknown,
    TooYoung,
    Suitable,

    /// <summary>May be treated; less is to be expected, which belongs into the explanation.</summary>
    WeakerEffect,
}
