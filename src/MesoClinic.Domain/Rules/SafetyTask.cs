using MesoClinic.Rules;

namespace MesoClinic.Domain.Rules;

/// <summary>A coming appointment turned worse without anybody asking: the profile or the rule book changed, or a session or test was recorded. Somebody must call the patient.</summary>
public sealed class SafetyTask : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public required Guid AppointmentId { get; init; }
    public required SafetyTaskCause Cause { get; set; }

    /// <summary>What the appointment was last judged as, before anything turned worse.</summary>
    public required Decision Before { get; init; }
    public required Decision After { get; set; }

    /// <summary>The newest assessment that says so.</summary>
    public required Guid AssessmentId { get; set; }
    public required DateTime RaisedUtc { get; set; }

    /// <summary>Set when somebody has dealt with it, or when the appointment is clear or gone again.</summary>
    public DateTime? HandledUtc { get; set; }

    /// <summary>Null when nobody had to: the appointment became clear, was moved or cancelled.</summary>
    public Guid? HandledById { get; set; }
    public string? Note { get; set; }
    public Guid Version { get; set; }
}

public enum SafetyTaskCause
{
    ProfileChanged,
    RuleBookChanged,
    TreatmentRecorded,
    ClinicChanged,
}

/// <summary>One round over all coming appointments after the rule book changed. What is done is known from the appointments themselves, so a crash costs nothing.</summary>
public sealed class Rescreening
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Hash of the book that everybody is judged by.</summary>
    public required string RuleBook { get; init; }
    public required DateTime StartedUtc { get; init; }

    /// <summary>Appointments that waited when the round began.</summary>
    public required int Total { get; init; }
    public int Done { get; set; }

    /// <summary>How many turned worse.</summary>
    public int Worse { get; set; }
    public DateTime? FinishedUtc { get; set; }
}
