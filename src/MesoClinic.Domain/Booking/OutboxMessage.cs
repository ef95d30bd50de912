using MesoClinic.Domain.Patients;

namespace MesoClinic.Domain.Booking;

/// <summary>
/// Something that a patient is to be told by e-mail. It is stored together with the change that it tells of and sent afterwards, at least once. It holds no text: what is written is
/// made when it is sent, from the clinic's templates, to whom the patient's record names then.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>How long to wait after each failed attempt; after the last one it is given up.</summary>
    public static readonly IReadOnlyList<TimeSpan> Backoff = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }

    public required Guid AppointmentId { get; init; }
    public Appointment? Appointment { get; init; }
    public required MessageKind Kind { get; init; }

    /// <summary>
    /// The appointment's <see cref="Appointment.Sequence"/> that it tells of: when the appointment has moved on, it is out of date. With appointment and kind unique: nobody is told the same twice.
    /// </summary>
    public required int Sequence { get; init; }

    /// <summary>The time that it names, as an instant and on the clinic's wall clock.</summary>
    public required DateTime StartUtc { get; init; }
    public required DateTime WallStart { get; init; }
    /// <summary>The e-mail that it goes out in, together with what else the same change has to tell the patient; null = one of its own.</summary>
    public Guid? MailId { get; set; }
    public required DateTime QueuedUtc { get; init; }

    /// <summary>Not sent before (UTC).</summary>
    public required DateTime DueUtc { get; set; }
    public MessageState State { get; set; }

    /// <summary>Attempts begun, also those that a crash cut short.</summary>
    public int Attempts { get; set; }
    public required DateTime NextAttemptUtc { get; set; }

    /// <summary>Why the last attempt failed, or why nobody is told.</summary>
    public MessageProblem? Problem { get; set; }

    /// <summary>When it was sent, withdrawn or given up (UTC).</summary>
    public DateTime? EndedUtc { get; set; }

    /// <summary>The sender that works on it, and until when nobody else may (UTC).</summary>
    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntilUtc { get; set; }
}

public enum MessageKind
{
    /// <summary>The time is the patient's.</summary>
    Booked,

    /// <summary>The time is only held: something is still open.</summary>
    Held,
    Moved,
    Cancelled,
    FirstReminder,
    LastReminder,

    /// <summary>A time became free and is held for somebody on the waitlist.</summary>
    Offer,
}

public enum MessageState
{
    Waiting,
    Sent,

    /// <summary>Written as a file, because no mail server is set.</summary>
    Filed,

    /// <summary>What it told was no longer so.</summary>
    Withdrawn,

    /// <summary>The patient cannot, or does not want to, be written to.</summary>
    NotTold,

    /// <summary>Every attempt failed.</summary>
    GivenUp,
}

public enum MessageProblem
{
    NoEmail,
    NoConsent,

    /// <summary>The address cannot be written to at all.</summary>
    BadAddress,

    /// <summary>The mail server took the connection and refused the message.</summary>
    Refused,

    /// <summary>The mail server, or the folder for files, could not be reached.</summary>
    Unreachable,
}
