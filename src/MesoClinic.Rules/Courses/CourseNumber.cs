namespace MesoClinic.Rules.Courses;

/// <summary>A number of a course (sessions, days) and who answers for it.</summary>
public sealed record CourseNumber(int Value, CourseNumberSource Source);

public enum CourseNumberSource
{
    /// <summary>It lies within what the table recommends.</summary>
    Table,

    /// <summary>The table holds no number, or another one: the clinician chose it.</summary>
    OwnChoice,
}
