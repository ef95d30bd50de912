namespace MesoClinic.Domain.Rules;

/// <summary>
/// A physician's decision to treat in spite of one finding. It counts for one appointment, one rule, and the facts and plan that triggered it: any change voids it.
/// Shown for ever; only withdrawn, never edited.
/// </summary>
public sealed class Override
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AppointmentId { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>Id of the rule (ci-…, tr-…).</summary>
    public required string Rule { get; init; }
    public required OverrideReason Reason { get; init; }

    /// <summary>The physician's own words; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>Hash of the finding's facts and of the plan: the override counts only while a new assessment gives the same.</summary>
    public required string Binding { get; init; }

    /// <summary>What the physician saw: the stored assessment that the override answers.</summary>
    public required Guid AssessmentId { get; init; }
    public required Guid GivenById { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime GivenUtc { get; init; }
    public Guid? WithdrawnById { get; set; }
    public DateTime? WithdrawnUtc { get; set; }
}

/// <summary>An assessment whose decision an override softened: what was done under an override is known for ever, even when the override no longer counts. Append-only.</summary>
public sealed class OverrideUse
{
    public required Guid OverrideId { get; init; }
    public required Guid AssessmentId { get; init; }
}

/// <summary>Why a physician decided to treat. A text always says more.</summary>
public enum OverrideReason
{
    BenefitOutweighsRisk,
    ConditionStable,
    SpecialistAgreed,
    PlanAdapted,
    ToleratedBefore,
    RecordedFactOutdated,
    Other,
}
