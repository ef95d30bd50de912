using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Domain.Complications;

/// <summary>Something that went, or may have gone, wrong after a session.</summary>
public sealed class Complication : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public Guid? SessionId { get; init; }
    public Session? Session { get; init; }

    /// <summary>What was reported: symptom, how long, how bad, what else.</summary>
    public required SymptomReport Report { get; init; }
    public required string Symptom { get; init; }
    public List<string> Areas { get; set; } = [];
    public required DateTime OnsetUtc { get; init; }
    public required DateTime ReportedUtc { get; init; }
    public required Guid ReportedById { get; init; }
    public bool ReportedByPatient { get; init; }

    /// <summary>self-care, call-clinic, see-doctor-today or emergency, and the advice that was shown.</summary>
    public required string TriageLevel { get; init; }
    public required string AdviceShown { get; init; }
    public required List<string> TriageRules { get; init; }

    /// <summary>What it may be (cx-…), from the triage.</summary>
    public required List<string> Candidates { get; init; }

    /// <summary>What a clinician says it is (cx-…); null until judged.</summary>
    public string? Diagnosis { get; set; }

    /// <summary>CTCAE grade 1 to 5; null until judged.</summary>
    public int? Grade { get; set; }

    /// <summary>Row of the cause taxonomy; null until judged.</summary>
    public string? Cause { get; set; }
    public ComplicationState State { get; set; } = ComplicationState.Open;
    public string? Outcome { get; set; }
    public DateTime? ClosedUtc { get; set; }
    public DateTime? SeenByStaffUtc { get; set; }
    public List<FollowUp> FollowUps { get; init; } = [];
    public Guid Version { get; set; }
}

/// <summary>The answers that the triage read.</summary>
public sealed record SymptomReport
{
    public required string Symptom { get; init; }

    /// <summary>Hours between the session's end and the first sign.</summary>
    public decimal? OnsetHours { get; init; }

    /// <summary>Hours since the first sign.</summary>
    public decimal? DurationHours { get; init; }

    /// <summary>mild, moderate or severe; null = not said.</summary>
    public string? Severity { get; init; }
    public IReadOnlyDictionary<string, string> Modifiers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The patient's own words.</summary>
    public string Words { get; init; } = "";
}

public enum ComplicationState
{
    Open,
    Watching,
    Closed,
}

/// <summary>A contact that is due.</summary>
public sealed class FollowUp
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ComplicationId { get; init; }

    /// <summary>fu-…</summary>
    public required string Kind { get; init; }
    public required DateTime DueUtc { get; init; }
    public DateTime? DoneUtc { get; set; }
    public Guid? DoneById { get; set; }
    public string? Note { get; set; }
}
