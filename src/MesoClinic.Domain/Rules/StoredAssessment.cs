using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Domain.Rules;

/// <summary>An assessment as it was made: with its facts, findings and the rule book's hash. Never updated, never deleted.</summary>
public sealed class StoredAssessment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }
    public Guid? AppointmentId { get; init; }

    /// <summary>The record that it judged; null also where the record was signed before the refused assessment was written.</summary>
    public Guid? SessionId { get; set; }
    public required DateTime AtUtc { get; init; }
    public required Guid ById { get; init; }
    public required AssessmentRequest Facts { get; init; }
    public required Assessment Result { get; init; }
    public required Decision Decision { get; init; }
    public required string RuleBook { get; init; }

    /// <summary>The findings' rules, for counting.</summary>
    public List<FiredRule> Fired { get; init; } = [];
}
