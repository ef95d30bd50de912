using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Domain.Complications;

/// <summary>Something that went, or may have gone, wrong after a session.</summary>
public sealed class Complication : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }
    public Guid? SessionId { get; init; }
    public Session? Session { get; init; }

    /// <summary>What was reported, as the triage read it: symptom, when, how bad, what else.</summary>
    public required SymptomReport Report { get; init; }

    /// <summary>One of the vocabulary's symptoms.</summary>
    public required string Symptom { get; init; }

    /// <summary>What the person who reports added in their own words.</summary>
    public string Words { get; init; } = "";
    public List<string> Areas { get; set; } = [];
    public required DateTime OnsetUtc { get; init; }
    public required DateTime ReportedUtc { get; init; }
    public required Guid ReportedById { get; init; }
    public bool ReportedByPatient { get; init; }

    /// <summary>How urgent it is, from the triage.</summary>
    public required TriageLevel Level { get; init; }

    /// <summary>The steps that were shown, as they were worded on that day.</summary>
    public required List<string> AdviceShown { get; init; }
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

    /// <summary>How it ended; a case closes only with it.</summary>
    public string? Outcome { get; set; }
    public DateTime? ClosedUtc { get; set; }

    /// <summary>When somebody of the clinic took it up, and who.</summary>
    public DateTime? SeenByStaffUtc { get; set; }
    public Guid? SeenById { get; set; }
    public List<FollowUp> FollowUps { get; init; } = [];
    public Guid Version { get; set; }

    /// <summary>A doctor should see it today, or the emergency service now.</summary>
    public bool IsRedFlag => Level >= TriageLevel.SeeDoctorToday;

    /// <summary>A red flag that nobody of the clinic has taken up yet: somebody calls now.</summary>
    public bool NeedsCall => IsRedFlag && State != ComplicationState.Closed && SeenByStaffUtc is null;
}

public enum ComplicationState
{
    /// <summary>Somebody has to do something.</summary>
    Open,

    /// <summary>The ordinary course, or only the planned contacts are left.</summary>
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
