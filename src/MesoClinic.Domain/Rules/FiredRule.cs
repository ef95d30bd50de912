using MesoClinic.Rules;

namespace MesoClinic.Domain.Rules;

/// <summary>A rule that fired in a stored assessment, in a table of its own: how often a rule fires is counted without reading assessments.</summary>
public sealed class FiredRule
{
    public Guid AssessmentId { get; init; }

    /// <summary>ci-…, tr-… or ic-…</summary>
    public required string Rule { get; init; }
    public required Decision Action { get; init; }

    /// <summary>UTC; the assessment's.</summary>
    public required DateTime AtUtc { get; init; }

    /// <summary>Each rule once, with its gravest action.</summary>
    public static List<FiredRule> Of(Assessment assessment, DateTime atUtc)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Findings.Count == 0
            ? []
            : [.. assessment.Findings.GroupBy(finding => finding.Rule, StringComparer.Ordinal).Select(found => new FiredRule { Rule = found.Key, Action = found.Max(finding => finding.Action), AtUtc = atUtc })];
    }
}
