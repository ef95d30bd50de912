using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Assessing;

/// <summary>Reads every rule that the facts wake, collects all findings and lets the worst decide.</summary>
internal static class Assessor
{
    public static Assessment Assess(Case facts)
    {
        var book = facts.Book;
        var words = RuleSet.WordsFor(book.Rules.Length);
        var awake = new RuleSet(words <= RuleSet.WordsOnStack ? stackalloc ulong[words] : new ulong[words], book.Rules.Length);
        facts.Wake(awake);

        List<Rule>? fired = null;
        List<string>? missing = null;
        List<string>? stillToAsk = null;
        var heldBack = 0UL;
        foreach (var index in awake)
        {
            var rule = book.Rules[index];
            var truth = rule.Formula.Read(facts);
            heldBack |= truth == Truth.Yes ? rule.NotOffered : 0;
            if (truth == Truth.No || !rule.AppliesTo(facts))
            {
                continue;
            }
            if (truth == Truth.Yes)
            {
                (fired ??= new List<Rule>(8)).Add(rule);
                heldBack |= rule.Excluded;
            }
            else
            {
                rule.Formula.Missing(facts, rule.HasWeight ? missing ??= [] : stillToAsk ??= []);
            }
        }
        Unrecognised.AddTo(ref missing, facts);
        if (TreatsSkin(facts.Request.Purpose))
        {
            book.StartRequirements.AddTo(ref missing, facts);
        }
        var pairs = PairFinder.Find(facts);
        return fired is null && missing is null && stillToAsk is null && pairs.Count == 0
            ? book.Clear
            : Conclude(facts, awake, new Offers(facts, fired ??= [], heldBack), fired, pairs, missing ?? [], stillToAsk ?? []);
    }

    /// <summary>Whether the findings of a plan alone would block it. What is unknown is asked when the plan is really made.</summary>
    public static bool IsBlocked(Case facts)
    {
        foreach (var found in PairFinder.Find(facts))
        {
            if (found.Severity == PairSeverity.Block)
            {
                return true;
            }
        }
        var rules = facts.Book.Rules;
        var words = RuleSet.WordsFor(rules.Length);
        var awake = new RuleSet(words <= RuleSet.WordsOnStack ? stackalloc ulong[words] : new ulong[words], rules.Length);
        facts.Wake(awake);
        foreach (var index in awake)
        {
            var rule = rules[index];
            if (rule.Blocks && rule.AppliesTo(facts) && rule.Formula.Read(facts) == Truth.Yes)
            {
                return true;
            }
        }
        return false;
    }

    private static Assessment Conclude(Case facts, RuleSet awake, Offers offers, List<Rule> fired, IReadOnlyList<FoundPair> pairs, List<string> missing, List<string> stillToAsk)
    {
        var because = new List<string>(4);
        var findings = new Finding[fired.Count + pairs.Count];
        for (var i = 0; i < findings.Length; i++)
        {
            Place(i < fired.Count ? Findings.Of(fired[i], facts, offers, because) : Findings.Of(pairs[i - fired.Count], facts), findings, i);
        }
        var decision = Decide(findings, missing.Count > 0, facts.Request.Purpose);
        var (safeDate, waitingFor) = decision >= Decision.Postpone ? SafeDate.Find(facts, fired, awake) : (null, []);
        return new Assessment(decision, safeDate, waitingFor, findings, missing.Count == 0 ? [] : Sorted(missing), stillToAsk.Count == 0 ? [] : Sorted(stillToAsk.Except(missing, StringComparer.Ordinal)), facts.Book.Hash);
    }

    /// <summary>The worst first; of equals, in the order of the book.</summary>
    private static void Place(Finding finding, Finding[] findings, int count)
    {
        var place = count;
        for (; place > 0 && findings[place - 1].Action < finding.Action; place--)
        {
            findings[place] = findings[place - 1];
        }
        findings[place] = finding;
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool TreatsSkin(Purpose purpose) => purpose is Purpose.Session or Purpose.AllergyTest;

    private static Decision Decide(Finding[] findings, bool isIncomplete, Purpose purpose)
    {
        var worst = findings.Length == 0 ? Decision.Allow : findings[0].Action;
        if (!TreatsSkin(purpose))
        {
            // Talking and looking is never blocked; the findings are there to be talked about.
            return worst > Decision.AllowWithCaution ? Decision.AllowWithCaution : worst;
        }
        return isIncomplete && worst < Decision.Incomplete ? Decision.Incomplete : worst;
    }
}
