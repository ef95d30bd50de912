namespace MesoClinic.Domain.Patients;

/// <summary>
/// One fact of a health profile as it read before and after a change, and who changed it. An absolute rule has no way around it but correcting its
/// fact: this is where the correction stays. Append-only.
/// </summary>
public sealed class ProfileChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public required ProfilePart Part { get; init; }

    /// <summary>In words, as on the chart; null when the fact was added.</summary>
    public string? Before { get; init; }

    /// <summary>In words; null when the fact was taken off.</summary>
    public string? After { get; init; }

    /// <summary>A member of staff, or the patient's or guardian's account.</summary>
    public required Guid ById { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AtUtc { get; init; }
}

public enum ProfilePart
{
    Conditions,
    Medications,
    Allergies,
    Procedures,
    Answers,

    /// <summary>Date of birth, sex, phototype, weight.</summary>
    Person,
}
