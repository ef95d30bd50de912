using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Patients;

namespace MesoClinic.Domain.Booking;

/// <summary>
/// A patient who would come sooner, or at another time, if one became free. A time that is offered is held by an appointment in state
/// <see cref="AppointmentState.Offered"/>, whose claims nobody can pass, until the patient answers or the offer runs out.
/// </summary>
public sealed class WaitlistEntry : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public required AppointmentKind Kind { get; init; }

    /// <summary>For a session: the course whose next session it is.</summary>
    public Guid? CourseId { get; init; }
    public Course? Course { get; init; }
    public required int Minutes { get; init; }

    /// <summary>Empty: anybody.</summary>
    public List<Guid> Practitioners { get; init; } = [];

    /// <summary>Empty: any.</summary>
    public List<DayOfWeek> Weekdays { get; init; } = [];
    public PartOfDay PartOfDay { get; init; }

    /// <summary>First and last day on which the patient would come.</summary>
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }

    /// <summary>Rules whose measure the clinician acknowledged when the patient was put on the list.</summary>
    public List<string> Acknowledged { get; init; } = [];
    public WaitlistState State { get; private set; } = WaitlistState.Waiting;
    public Guid? OfferedAppointmentId { get; private set; }
    public Appointment? OfferedAppointment { get; init; }
    public DateTime? OfferUntilUtc { get; private set; }
    public DateTime? StateUtc { get; private set; }
    public required Guid AddedById { get; init; }
    public required DateTime AddedUtc { get; init; }
    public Guid Version { get; set; }

    public bool IsOpen => State is WaitlistState.Waiting or WaitlistState.Offered;

    public void Offer(Guid appointmentId, DateTime untilUtc, DateTime nowUtc)
    {
        Require(State == WaitlistState.Waiting, "offered a time");
        (State, OfferedAppointmentId, OfferUntilUtc, StateUtc) = (WaitlistState.Offered, appointmentId, untilUtc, nowUtc);
    }

    public void Accept(DateTime nowUtc)
    {
        Require(State == WaitlistState.Offered, "accepted");
        (State, OfferUntilUtc, StateUtc) = (WaitlistState.Accepted, null, nowUtc);
    }

    /// <param name="keepWaiting">The patient would still take another time.</param>
    public void Decline(bool keepWaiting, DateTime nowUtc)
    {
        Require(State == WaitlistState.Offered, "declined");
        (State, OfferUntilUtc, StateUtc) = (keepWaiting ? WaitlistState.Waiting : WaitlistState.Declined, null, nowUtc);
        OfferedAppointmentId = null;
    }

    /// <summary>The offer was not answered in time, or the last day has passed.</summary>
    public void Expire(DateTime nowUtc)
    {
        Require(IsOpen, "expired");
        (State, OfferedAppointmentId, OfferUntilUtc, StateUtc) = (WaitlistState.Expired, null, null, nowUtc);
    }

    /// <summary>Waits again after an offer that was not answered.</summary>
    public void WaitAgain(DateTime nowUtc)
    {
        Require(State is WaitlistState.Expired or WaitlistState.Declined, "put back");
        (State, StateUtc) = (WaitlistState.Waiting, nowUtc);
    }

    /// <summary>Taken off the list by the clinic.</summary>
    public void Withdraw(DateTime nowUtc)
    {
        Require(State == WaitlistState.Waiting, "taken off");
        (State, StateUtc) = (WaitlistState.Withdrawn, nowUtc);
    }

    private void Require(bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A waitlist entry that is {State} cannot be {what}.");
        }
    }
}

public enum WaitlistState
{
    Waiting,
    Offered,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
}

public enum PartOfDay
{
    Any,

    /// <summary>Starts before 12:00.</summary>
    Morning,

    /// <summary>Starts from 12:00 and before 17:00.</summary>
    Afternoon,

    /// <summary>Starts at 17:00 or later.</summary>
    Evening,
}
