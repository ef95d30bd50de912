namespace MesoClinic.Domain.Sessions;

/// <summary>A patient's signed agreement. One to a treatment covers these areas, this technique and these ingredients and nothing added later; any can be withdrawn.</summary>
public sealed class Consent
{
    /// <summary>Longest text that is kept, in UTF-16 code units.</summary>
    public const int LongestText = 4 * Limits.Text;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public ConsentKind Kind { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>The appointment at or for which it was signed; a consent to photos needs none.</summary>
    public Guid? AppointmentId { get; init; }

    /// <summary>Versions of the wording that was shown, such as "treatment-2" or "treatment-2, guardian-1".</summary>
    public required string TemplateVersion { get; init; }

    /// <summary>The wording as it was shown.</summary>
    public required string Text { get; init; }
    public required List<string> Areas { get; init; }
    public string? Technique { get; init; }
    public required List<string> Ingredients { get; init; }

    /// <summary>The name of the patient, or of the guardian.</summary>
    public required string SignedName { get; init; }

    /// <summary>What was drawn by finger or mouse (see <see cref="DrawnSignature"/>); null when the typed name is the signature.</summary>
    public string? Signature { get; init; }
    public bool SignedByGuardian { get; init; }

    /// <summary>What the guardian is to the patient; null when the patient signed, and in records older than the question.</summary>
    public GuardianRelation? Relation { get; init; }
    public required DateTime SignedUtc { get; init; }

    /// <summary>The sign-in under which the patient or guardian signed without a witness; null when it was signed at the clinic.</summary>
    public Guid? SignerId { get; init; }

    /// <summary>Whoever of the staff was there; null when it was signed at home.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>The last day on which it counts; null = until it is withdrawn.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>SHA-256 of all the above, in hex; empty in records older than the hash.</summary>
    public string ContentHash { get; set; } = "";
    public DateTime? WithdrawnUtc { get; private set; }
    public Guid? WithdrawnById { get; private set; }

    /// <summary>Why, in the words of whoever wrote it down; a patient need not give a reason.</summary>
    public string? WithdrawnReason { get; private set; }

    public bool CountsOn(DateOnly day) => WithdrawnUtc is null && !(ExpiresOn < day);

    public bool Covers(IEnumerable<string> areas, string? technique, IEnumerable<string> ingredients) =>
        technique == Technique && !areas.Except(Areas, StringComparer.Ordinal).Any() && !ingredients.Except(Ingredients, StringComparer.Ordinal).Any();

    /// <summary>Once and for good.</summary>
    public void Withdraw(DateTime atUtc, Guid by, string? reason)
    {
        if (WithdrawnUtc is not null)
        {
            throw new InvalidOperationException("This consent is withdrawn already.");
        }

        (WithdrawnUtc, WithdrawnById, WithdrawnReason) = (atUtc, by, reason);
    }
}

public enum ConsentKind
{
    Treatment,

    /// <summary>Local anaesthetics, injected or as a cream.</summary>
    Anaesthetic,
    Photos,

    /// <summary>A wording only: what a guardian adds when signing one of the others for a minor.</summary>
    Guardian,
}

public enum GuardianRelation
{
    Mother,
    Father,
    LegalGuardian,
}

/// <summary>A wording that the clinic published in place of the built-in one. Each edit is a new version; none is ever changed or deleted.</summary>
public sealed class ConsentText
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required ConsentKind Kind { get; init; }

    /// <summary>1, 2, … for each kind.</summary>
    public required int Number { get; init; }
    public required string Text { get; init; }
    public required DateTime PublishedUtc { get; init; }
    public required Guid PublishedById { get; init; }
}
