namespace MesoClinic.Domain.Sessions;

/// <summary>A patient's signed agreement to these areas, this technique and these ingredients. Anything added later is not covered; it can be withdrawn.</summary>
public sealed class Consent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public required Guid AppointmentId { get; init; }

    /// <summary>Version of the wording that was shown.</summary>
    public required string TemplateVersion { get; init; }

    /// <summary>The wording as it was shown.</summary>
    public required string Text { get; init; }
    public required List<string> Areas { get; init; }
    public required string Technique { get; init; }
    public required List<string> Ingredients { get; init; }

    /// <summary>The typed name of the patient, or of the guardian.</summary>
    public required string SignedName { get; init; }
    public bool SignedByGuardian { get; init; }
    public required DateTime SignedUtc { get; init; }
    public required Guid WitnessId { get; init; }
    public DateTime? WithdrawnUtc { get; set; }

    public bool Covers(IEnumerable<string> areas, string? technique, IEnumerable<string> ingredients) =>
        WithdrawnUtc is null && technique == Technique && !areas.Except(Areas, StringComparer.Ordinal).Any() && !ingredients.Except(Ingredients, StringComparer.Ordinal).Any();
}
