using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Domain.Courses;

/// <summary>
/// A series of sessions for one indication: how many, how far apart, and what is done in each. Its sessions are the appointments that name it; which
/// number one of them has follows from their order and is never stored.
/// </summary>
public sealed class Course : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public required Guid PractitionerId { get; set; }
    public StaffMember? Practitioner { get; init; }

    /// <summary>With an indication, a technique and at least one area.</summary>
    public required PlannedTreatment Plan { get; set; }

    /// <summary>How many sessions are planned, 1 to <see cref="MostSessions"/>.</summary>
    public required int Sessions { get; set; }

    /// <summary>The number is not the table's: the table holds none, or the clinician decided otherwise.</summary>
    public bool SessionsAreOwnChoice { get; set; }

    /// <summary>The fewest days from one session to the next.</summary>
    public required int IntervalDaysMin { get; set; }

    /// <summary>The most; null = open.</summary>
    public int? IntervalDaysMax { get; set; }
    public bool IntervalIsOwnChoice { get; set; }
    public CourseState State { get; private set; } = CourseState.Active;

    /// <summary>Why it is paused or was stopped.</summary>
    public string? StateReason { get; private set; }
    public DateTime? StateUtc { get; private set; }
    public required Guid PlannedById { get; init; }
    public required DateTime PlannedUtc { get; init; }
    public Guid Version { get; set; }

    public const int MostSessions = 30;
    public const int LongestIntervalDays = 365;

    public bool IsOpen => State is CourseState.Active or CourseState.Paused;

    /// <summary>Days on which the next session is due, after a session on <paramref name="last"/>. The end is null where the most is open.</summary>
    public (DateOnly From, DateOnly? Until) NextDue(DateOnly last) => (last.AddDays(IntervalDaysMin), IntervalDaysMax is { } most ? last.AddDays(most) : null);

    /// <summary>The day after which a course without a next appointment is overdue: the most, or where it is open twice the fewest days, after the last session.</summary>
    public DateOnly OverdueAfter(DateOnly last) => last.AddDays(IntervalDaysMax ?? (2 * IntervalDaysMin));

    public void Pause(string reason, DateTime nowUtc)
    {
        Require(State == CourseState.Active, "paused");
        (State, StateReason, StateUtc) = (CourseState.Paused, reason, nowUtc);
    }

    public void Resume(DateTime nowUtc)
    {
        Require(State == CourseState.Paused, "resumed");
        (State, StateReason, StateUtc) = (CourseState.Active, null, nowUtc);
    }

    /// <summary>For good. Another course can be planned.</summary>
    public void Stop(string reason, DateTime nowUtc)
    {
        Require(IsOpen, "stopped");
        (State, StateReason, StateUtc) = (CourseState.Stopped, reason, nowUtc);
    }

    /// <summary>Called when a session was signed: the last one completes the course.</summary>
    /// <param name="done">Sessions done, this one included.</param>
    public void SessionDone(int done, DateTime nowUtc)
    {
        if (IsOpen && done >= Sessions)
        {
            (State, StateReason, StateUtc) = (CourseState.Completed, null, nowUtc);
        }
    }

    private void Require(bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A course that is {State} cannot be {what}.");
        }
    }
}

public enum CourseState
{
    Active,
    Paused,
    Stopped,
    Completed,
}
