using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;

namespace MesoClinic.Domain.Booking;

/// <summary>A time kept for a patient with a practitioner in a room. Double booking is impossible because of its <see cref="Claims"/>.</summary>
public sealed class Appointment : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public required Guid PractitionerId { get; set; }
    public StaffMember? Practitioner { get; init; }
    public required Guid RoomId { get; set; }
    public Room? Room { get; init; }
    public required AppointmentKind Kind { get; init; }
    public AppointmentState State { get; set; } = AppointmentState.Booked;

    /// <summary>Start and end as instants; always on the 5-minute grid.</summary>
    public required DateTime StartUtc { get; set; }
    public required DateTime EndUtc { get; set; }

    /// <summary>Start on the clinic's wall clock: what was promised to the patient, kept even if a zone's rules change.</summary>
    public required DateTime WallStart { get; set; }

    /// <summary>What is planned; null for a consultation without a plan.</summary>
    public PlannedTreatment? Plan { get; set; }

    /// <summary>The last assessment: its id, decision and earliest safe day, for lists.</summary>
    public Guid? AssessmentId { get; set; }
    public Decision? Decision { get; set; }
    public DateOnly? EarliestSafeDate { get; set; }

    /// <summary>Rules whose measure the clinician acknowledged.</summary>
    public List<string> Acknowledged { get; set; } = [];

    /// <summary>Set while the booking only holds its slots until an open question is answered or a physician has decided (UTC).</summary>
    public DateTime? ProvisionalUntilUtc { get; set; }
    public DateTime? ArrivedUtc { get; set; }
    public DateTime? CheckedInUtc { get; set; }
    public required Guid BookedById { get; init; }
    public required DateTime BookedUtc { get; init; }
    public string? CancelReason { get; set; }
    public List<SlotClaim> Claims { get; init; } = [];
    public Guid Version { get; set; }

    public int Minutes => (int)(EndUtc - StartUtc).TotalMinutes;
    public bool IsProvisional => ProvisionalUntilUtc is not null;
    public bool IsOpen => State is AppointmentState.Booked or AppointmentState.Arrived or AppointmentState.CheckedIn or AppointmentState.InSession;

    /// <summary>Claims every 5-minute slot of practitioner, room and patient, so that the database refuses any overlap.</summary>
    public void ClaimSlots()
    {
        if (Claims.Count > 0)
        {
            throw new InvalidOperationException("Release the old claims before claiming new ones.");
        }

        for (var slot = StartUtc; slot < EndUtc; slot += SlotClaim.Grain)
        {
            Claims.Add(new SlotClaim { ResourceId = PractitionerId, SlotUtc = slot, AppointmentId = Id, Resource = ResourceKind.Practitioner });
            Claims.Add(new SlotClaim { ResourceId = RoomId, SlotUtc = slot, AppointmentId = Id, Resource = ResourceKind.Room });
            Claims.Add(new SlotClaim { ResourceId = PatientId, SlotUtc = slot, AppointmentId = Id, Resource = ResourceKind.Patient });
        }
    }

    /// <summary>Gives the time back. The caller must have loaded <see cref="Claims"/>.</summary>
    public void Cancel(string reason)
    {
        if (!IsOpen || State == AppointmentState.InSession)
        {
            throw new InvalidOperationException($"An appointment that is {State} cannot be cancelled.");
        }

        State = AppointmentState.Cancelled;
        CancelReason = reason;
        ProvisionalUntilUtc = null;
        Claims.Clear();
    }
}

public enum AppointmentKind
{
    Consultation,
    AllergyTest,
    Session,
    FollowUp,
}

public enum AppointmentState
{
    Booked,
    Arrived,
    CheckedIn,
    InSession,
    Done,
    Cancelled,
    NoShow,
}
