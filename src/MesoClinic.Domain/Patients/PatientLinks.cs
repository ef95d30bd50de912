namespace MesoClinic.Domain.Patients;

/// <summary>A sign-in that may read this patient's own pages: the patient, or somebody who acts for them.</summary>
public sealed class PatientAccount
{
    public required Guid PatientId { get; init; }
    public required Guid UserId { get; init; }
    public PatientRelation Relation { get; set; }
}

public enum PatientRelation
{
    Self,

    /// <summary>Acts for a minor. The link rests from the patient's eighteenth birthday on.</summary>
    Guardian,

    /// <summary>Acts for an adult, which only a manager decides.</summary>
    Representative,
}

/// <summary>A clinician made responsible for a patient without an appointment.</summary>
public sealed class PatientAssignment
{
    public required Guid PatientId { get; init; }
    public required Guid StaffMemberId { get; init; }
    public required DateTime AssignedUtc { get; init; }
}

/// <summary>A chart opened by someone who was not assigned, with a reason or by booking the patient with themselves; listed to the manager.</summary>
public sealed class ReasonedAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public required Guid StaffMemberId { get; init; }
    public required string Reason { get; init; }
    public required DateTime OpenedUtc { get; init; }

    /// <summary>The chart closes again by itself.</summary>
    public required DateTime UntilUtc { get; init; }
}
