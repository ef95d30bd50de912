using MesoClinic.Rules.Cases;

namespace MesoClinic.Rules.Assessing;

internal static class Findings
{
    /// <summary>A rule that says yes, and why.</summary>
    /// <param name="because">Any list; what stands in it is thrown away.</param>
    public static Finding Of(Rule rule, Case facts, Offers offers, List<string> because)
    {
        because.Clear();
        rule.Formula.Because(facts, because);
        return new Finding(rule.Id, rule.Tier, rule.Action, rule.Title, InOneSentence(because), rule.Rationale, rule.ClearsWhen, offers.Of(rule), rule.Sources);
    }

    public static Finding Of(FoundPair found, Case facts)
    {
        var row = found.Pair.Row;
        var action = ActionOf(found);
        return new Finding(row.Id, Tiers.Of(action), action, row.Title, found.Because(facts), row.Rationale ?? row.Mechanism, row.Advice, [], row.Sources);
    }

    private static Decision ActionOf(FoundPair found) => found.Severity == Knowledge.PairSeverity.Block ? Decision.ModifyPlan : Decision.AllowWithCaution;

    /// <summary>Each fact once.</summary>
    private static string InOneSentence(List<string> because) => because.Count == 1 ? because[0] : string.Join("; ", because.Distinct(StringComparer.Ordinal));
}
