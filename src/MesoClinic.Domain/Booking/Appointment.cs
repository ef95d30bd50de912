using System.Linq.Expressions;
using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;

namespace MesoClinic.Domain.Booking;

/// <summary>A time kept for a patient with a practitioner in a room. Double booking is impossible because of its <see cref="Claims"/>.</summary>
public sealed class Appointment : IVersioned
{
    public const int LongestMinutes = 240;

    /// <summary>Cancelled by the patient less than this before the start: too late to give the time to somebody else with certainty.</summary>
    public static readonly TimeSpan LateBefore = TimeSpan.FromHours(24);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public required Guid PractitionerId { get; set; }
    public StaffMember? Practitioner { get; init; }
    public required Guid RoomId { get; set; }
    public Room? Room { get; init; }

    /// <summary>The device that the plan needs; null when it needs none.</summary>
    public Guid? DeviceId { get; set; }
    public Device? Device { get; init; }

    /// <summary>How long the room stays closed afterwards: what was promised when it was booked.</summary>
    public int CleaningMinutes { get; set; }
    public required AppointmentKind Kind { get; init; }
    public AppointmentState State { get; set; } = AppointmentState.Booked;

    /// <summary>Start and end as instants; always on the 5-minute grid.</summary>
    public required DateTime StartUtc { get; set; }
    public required DateTime EndUtc { get; set; }

    /// <summary>Start on the clinic's wall clock: what was promised to the patient, kept even if a zone's rules change.</summary>
    public required DateTime WallStart { get; set; }

    /// <summary>Rises whenever it gets another time or is cancelled: how calendars tell the newer invitation from the older one (RFC 5545, 3.8.7.4).</summary>
    public int Sequence { get; set; }

    /// <summary>The course that it is a session of.</summary>
    public Guid? CourseId { get; init; }
    public Course? Course { get; init; }

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
    public CancelCode? CancelCode { get; set; }
    public string? CancelReason { get; set; }
    public DateTime? CancelledUtc { get; set; }
    public NoShowCode? NoShowCode { get; set; }
    public List<SlotClaim> Claims { get; init; } = [];
    public Guid Version { get; set; }

    /// <summary>The time that it holds.</summary>
    public Spot Spot => new(StartUtc, EndUtc, WallStart, PractitionerId, RoomId, DeviceId, CleaningMinutes);
    public int Minutes => (int)(EndUtc - StartUtc).TotalMinutes;
    public bool IsProvisional => ProvisionalUntilUtc is not null;
    /// <summary>Its time cannot be given to anybody else.</summary>
    public bool HoldsTime => IsOpen || State == AppointmentState.Offered;
    public bool IsOpen => State.IsOpen();

    /// <summary>An injection, or a test dose: blocked while an assessment speaks against it. Consultations and follow-ups never are.</summary>
    public bool IsTreatment => Kind.IsTreatment();
    public bool MayArrive => State == AppointmentState.Booked;
    public bool MayCheckIn => State is AppointmentState.Booked or AppointmentState.Arrived;

    /// <summary>Also after arrival: a check-in that postpones leads to a new time.</summary>
    public bool MayMove => State is AppointmentState.Booked or AppointmentState.Arrived;
    public bool MayCancel => IsOpen && State != AppointmentState.InSession;

    /// <summary>Sessions end by being signed. A consultation or follow-up is done after arrival, an allergy test only after its check-in.</summary>
    public bool MayComplete => State == AppointmentState.CheckedIn ? Kind != AppointmentKind.Session : State == AppointmentState.Arrived && !IsTreatment;

    /// <summary>For queries: accepted, and not begun.</summary>
    public static readonly Expression<Func<Appointment, bool>> HasNotBegun =
        a => a.State == AppointmentState.Booked || a.State == AppointmentState.Arrived || a.State == AppointmentState.CheckedIn;

    /// <summary>For queries: <see cref="IsOpen"/>.</summary>
    public static readonly Expression<Func<Appointment, bool>> Stands =
        a => a.State == AppointmentState.Booked || a.State == AppointmentState.Arrived || a.State == AppointmentState.CheckedIn || a.State == AppointmentState.InSession;

    /// <summary>For queries: a treatment that can still be stopped before it begins.</summary>
    public static Expression<Func<Appointment, bool>> ComingTreatment(DateTime nowUtc) =>
        a => a.EndUtc > nowUtc
            && (a.Kind == AppointmentKind.Session || a.Kind == AppointmentKind.AllergyTest)
            && (a.State == AppointmentState.Booked || a.State == AppointmentState.Arrived || a.State == AppointmentState.CheckedIn);

    /// <summary>
    /// Claims every 5-minute slot of practitioner, room, device and patient, and of the room while it is cleaned, and gives back those that are no longer needed, so that the database
    /// refuses any overlap. The caller must have loaded <see cref="Claims"/>.
    /// </summary>
    public void ClaimSlots()
    {
        var wanted = new Dictionary<(Guid Resource, DateTime Slot), ResourceKind>();
        for (var slot = StartUtc; slot < EndUtc; slot += SlotClaim.Grain)
        {
            wanted[(PractitionerId, slot)] = ResourceKind.Practitioner;
            wanted[(RoomId, slot)] = ResourceKind.Room;
            wanted[(PatientId, slot)] = ResourceKind.Patient;
            if (DeviceId is { } device)
            {
                wanted[(device, slot)] = ResourceKind.Device;
            }
        }

        for (var slot = EndUtc; slot < EndUtc.AddMinutes(CleaningMinutes); slot += SlotClaim.Grain)
        {
            wanted[(RoomId, slot)] = ResourceKind.Cleaning;
        }

        // A slot that turns from use to cleaning, or back, keeps its row: the key is the promise, the kind only the word for it.
        foreach (var claim in Claims.ToList())
        {
            if (wanted.Remove((claim.ResourceId, claim.SlotUtc), out var kind))
            {
                claim.Resource = kind;
            }
            else
            {
                Claims.Remove(claim);
            }
        }

        Claims.AddRange(wanted.Select(claim => new SlotClaim { ResourceId = claim.Key.Resource, SlotUtc = claim.Key.Slot, AppointmentId = Id, Resource = claim.Value }));
    }

    /// <summary>Takes another time, practitioner or room. The new time has to be assessed again: <see cref="Judge"/> follows. <see cref="Claims"/> must be loaded.</summary>
    public void MoveTo(Spot spot)
    {
        Require(MayMove, "moved");
        ArgumentNullException.ThrowIfNull(spot);
        (StartUtc, EndUtc, WallStart, PractitionerId, RoomId) = (spot.StartUtc, spot.EndUtc, spot.WallStart, spot.PractitionerId, spot.RoomId);
        (DeviceId, CleaningMinutes) = (spot.DeviceId, spot.CleaningMinutes);
        (AssessmentId, Decision, EarliestSafeDate, ProvisionalUntilUtc) = (null, null, null, null);
        (State, ArrivedUtc) = (AppointmentState.Booked, null);
        Sequence++;
        ClaimSlots();
    }

    /// <summary>
    /// Takes over what an assessment of this appointment says. A treatment whose first assessment leaves a question open, or asks for a physician,
    /// is provisional; an assessment that permits the treatment confirms it. A later assessment that turns out worse never puts a
    /// confirmed booking on a clock: it shows as an alarm, and the check-in stays closed. Only what a physician's override had confirmed is provisional
    /// again when the override no longer counts.
    /// </summary>
    /// <param name="decided">The decision with the overrides that count; without any, the assessment's own.</param>
    /// <param name="lostOverride">The assessment before this one rested on an override that no longer counts.</param>
    public void Judge(StoredAssessment assessment, Decision? decided = null, bool lostOverride = false)
    {
        var waits = AssessmentId is null || (lostOverride && !IsProvisional && MayMove && assessment.AtUtc < StartUtc);
        (AssessmentId, Decision, EarliestSafeDate) = (assessment.Id, decided ?? assessment.Decision, assessment.Result.EarliestSafeDate);
        if (!IsTreatment || Decision <= MesoClinic.Rules.Decision.AllowWithCaution)
        {
            ProvisionalUntilUtc = null;
        }
        else if (waits && Decision <= MesoClinic.Rules.Decision.Incomplete)
        {
            ProvisionalUntilUtc = ProvisionalDeadline(assessment.AtUtc, StartUtc);
        }
    }

    /// <summary>72 hours, but no later than 24 hours before the start; for a time that is nearer than that, the start itself.</summary>
    public static DateTime ProvisionalDeadline(DateTime nowUtc, DateTime startUtc)
    {
        var (longest, dayBefore) = (nowUtc.AddHours(72), startUtc.AddHours(-24));
        return dayBefore <= nowUtc ? startUtc : longest < dayBefore ? longest : dayBefore;
    }

    /// <summary>A provisional booking whose time to be confirmed has passed holds nothing any more; of a patient who is here, once the time itself is over.</summary>
    public bool HasExpired(DateTime nowUtc) => ProvisionalUntilUtc <= nowUtc && (State is AppointmentState.Booked or AppointmentState.Offered || (State == AppointmentState.Arrived && EndUtc <= nowUtc));

    /// <summary>The patient did not come, or came and the appointment was never begun.</summary>
    public bool WasMissed(DateTime nowUtc) => (State == AppointmentState.Booked && StartUtc <= nowUtc) || (State == AppointmentState.Arrived && EndUtc <= nowUtc);

    /// <summary>Gives the time back. The caller must have loaded <see cref="Claims"/>.</summary>
    public void Cancel(CancelCode code, string? reason, DateTime nowUtc)
    {
        Require(MayCancel || State == AppointmentState.Offered, "cancelled");
        State = AppointmentState.Cancelled;
        (CancelCode, CancelReason, CancelledUtc) = (code, reason, nowUtc);
        ProvisionalUntilUtc = null;
        Sequence++;
        Claims.Clear();
    }

    /// <summary>Holds the time for somebody on the waitlist, who has not accepted it yet. It was assessed and permitted.</summary>
    public void Offer(DateTime untilUtc)
    {
        Require(State == AppointmentState.Booked && AssessmentId is not null, "offered");
        (State, ProvisionalUntilUtc) = (AppointmentState.Offered, untilUtc);
    }

    /// <summary>The offer was accepted, and the time is booked. It is assessed again: <see cref="Judge"/> follows.</summary>
    public void AcceptOffer(DateTime nowUtc)
    {
        Require(State == AppointmentState.Offered && !HasExpired(nowUtc), "accepted");
        (State, ProvisionalUntilUtc) = (AppointmentState.Booked, null);
    }

    public void Arrive(DateTime nowUtc)
    {
        Require(MayArrive, "marked as arrived");
        (State, ArrivedUtc) = (AppointmentState.Arrived, nowUtc);
    }

    /// <summary>The patient was identified, the day's questions are answered, and the assessment of the visit permits the treatment.</summary>
    public void CheckIn(DateTime nowUtc)
    {
        Require(MayCheckIn && !IsProvisional, "checked in");
        (State, CheckedInUtc, ArrivedUtc) = (AppointmentState.CheckedIn, nowUtc, ArrivedUtc ?? nowUtc);
    }

    /// <summary>Closes an appointment that came to nothing. <see cref="Claims"/> must be loaded: what is left of the time is free again.</summary>
    public void MissedBy(DateTime nowUtc, NoShowCode code = Booking.NoShowCode.NoWord, string? reason = null)
    {
        Require(WasMissed(nowUtc), "marked as no-show");
        (State, NoShowCode, CancelReason) = (AppointmentState.NoShow, code, reason);
        ProvisionalUntilUtc = null;
        Claims.Clear();
    }

    /// <summary>Done, without a session record. <see cref="Claims"/> must be loaded.</summary>
    public void Complete()
    {
        Require(MayComplete, "completed");
        State = AppointmentState.Done;
        Claims.Clear();
    }

    private void Require(bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"An appointment that is {State} cannot be {what}.");
        }
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

    /// <summary>Held for somebody on the waitlist until the offer runs out.</summary>
    Offered,
}

public static class AppointmentMeanings
{
    /// <summary>An injection, or a test dose.</summary>
    public static bool IsTreatment(this AppointmentKind kind) => kind is AppointmentKind.Session or AppointmentKind.AllergyTest;

    /// <summary>Accepted, and not over.</summary>
    public static bool IsOpen(this AppointmentState state) => state is AppointmentState.Booked or AppointmentState.Arrived or AppointmentState.CheckedIn or AppointmentState.InSession;
}
