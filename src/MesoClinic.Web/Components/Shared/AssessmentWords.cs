using MesoClinic.Rules;

namespace MesoClinic.Web.Components.Shared;

/// <summary>The one plain sentence under a verdict: what it means and what would make treatment possible.</summary>
internal static class AssessmentWords
{
    private static readonly string[] Small = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

    public static string Sentence(Assessment assessment, string? patientName, bool isOverridden = false)
    {
        var who = string.IsNullOrWhiteSpace(patientName) ? "This patient" : patientName;
        return assessment.Decision switch
        {
            Decision.Allow when isOverridden => "A physician has decided to treat in spite of the finding below. The override ends with the appointment and stays on the record.",
            Decision.AllowWithCaution when isOverridden => "A physician has decided to treat. Take the measures below and acknowledge each one; your name and the time are kept.",
            Decision.Allow => "Nothing speaks against this plan, and no fact that matters is unknown.",
            Decision.AllowWithCaution => "Treat with the measures below. Acknowledge each one; your name and the time are kept.",
            Decision.PhysicianReview => "A physician may allow this with a reason. The override ends with the appointment and stays on the record.",
            Decision.Incomplete => Incomplete(assessment.Missing.Count),
            Decision.ModifyPlan => "This plan is blocked, the patient is not. Change the plan and the check runs again.",
            Decision.Postpone when assessment.EarliestSafeDate is null => $"{who} cannot be treated yet. There is no date to offer: it depends on when the findings below have cleared.",
            Decision.Postpone => $"{who} can be treated again when the findings below have cleared.",
            Decision.Refuse => $"{who} must not be injected. There is no override; only a corrected fact changes this, and the correction is audited.",
            _ => throw new ArgumentOutOfRangeException(nameof(assessment), assessment.Decision, null),
        };
    }

    /// <summary>"sha256:3f9a…" as "3f9a…c2e1".</summary>
    public static string ShortHash(string hash)
    {
        var digits = hash[(hash.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return digits.Length <= 9 ? digits : $"{digits[..4]}…{digits[^4..]}";
    }

    private static string Incomplete(int count)
    {
        var number = count < Small.Length ? Small[count] : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return count == 1
            ? "One fact that matters is unknown. Unknown is never read as “no”."
            : $"{number} facts that matter are unknown. Unknown is never read as “no”.";
    }
}
