namespace MesoClinic.Rules;

/// <summary>Everything that the rule book says about one patient and one plan on one day. Kept for ever, never updated.</summary>
/// <param name="Decision">The worst of all findings; at least <see cref="Rules.Decision.Incomplete"/> while a rule of weight is unknown.</param>
/// <param name="EarliestSafeDate">The first day, within 730 after the assessed one, on which all date-driven findings permit treatment; null while a state has no computable end.</param>
/// <param name="WaitingFor">Ids of the rules whose end cannot be computed (fever, a medicine still taken).</param>
/// <param name="Findings">All findings, worst first.</param>
/// <param name="Missing">Facts whose answer would settle a rule of weight: question ids and field paths.</param>
/// <param name="StillToAsk">Questions that only a caution rule waits for; they change nothing.</param>
/// <param name="RuleBook">Content hash of the rule book, "sha256:…".</param>
public sealed record Assessment(
    Decision Decision,
    DateOnly? EarliestSafeDate,
    IReadOnlyList<string> WaitingFor,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> StillToAsk,
    string RuleBook)
{
    /// <summary>
    /// The decision when a physician has decided to treat in spite of these rules. Only the findings that ask for a physician step aside; when all
    /// of them do, the worst of the others decides. A fact that is unknown, and every finding above a physician's review, stays as it was.
    /// </summary>
    public Decision DecisionWith(IReadOnlyCollection<string> overridden)
    {
        ArgumentNullException.ThrowIfNull(overridden);
        return Decision != Decision.PhysicianReview || overridden.Count == 0
            ? Decision
            : Findings.Where(finding => finding.Action != Decision.PhysicianReview || !overridden.Contains(finding.Rule, StringComparer.Ordinal)).Select(finding => finding.Action).DefaultIfEmpty(Decision.Allow).Max();
    }
}

/// <summary>One rule that fires, with the facts that triggered it in words.</summary>
/// <param name="Rule">Stable id: ci-… (contraindication), tr-… (technique limit) or ic-… (incompatible pair).</param>
/// <param name="Alternatives">Ids of alternatives that were themselves assessed and are not blocked.</param>
/// <param name="Sources">Keys of the source registry.</param>
public sealed record Finding(
    string Rule,
    Tier Tier,
    Decision Action,
    string Title,
    string Because,
    string Rationale,
    string? ClearsWhen,
    IReadOnlyList<string> Alternatives,
    IReadOnlyList<string> Sources);

/// <summary>How firm a contraindication is (decision_model.tiers).</summary>
public enum Tier
{
    ExplicitlyNotAContraindication,
    Caution,
    Temporary,
    Relative,
    Absolute,
}
