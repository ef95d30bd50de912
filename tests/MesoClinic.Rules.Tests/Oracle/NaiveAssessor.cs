using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads every rule, collects all findings and lets the worst decide.</summary>
internal static class NaiveAssessor
{
    /// <summary>An allergy test is what these two ask for: they cannot stand in its way.</summary>
    private static readonly string[] NotForAllergyTest = ["ci-skin-test-missing", "ci-no-consultation"];

    public static Assessment Assess(NaiveBook book, AssessmentRequest request)
    {
        var facts = new Case(book, request);
        var applicable = Applicable(facts);
        var fired = new List<Fired>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var stillToAsk = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in applicable)
        {
            var reading = rule.Read(facts);
            if (reading.Truth == Truth.Yes)
            {
                fired.Add(new Fired(rule, reading));
            }
            else if (reading.Truth == Truth.Unknown)
            {
                (rule.HasWeight ? missing : stillToAsk).UnionWith(reading.Missing);
            }
        }
        missing.UnionWith(Unrecognised.In(facts));
        if (TreatsSkin(request.Purpose))
        {
            missing.UnionWith(StartRequirements.Missing(applicable, facts));
        }
        stillToAsk.ExceptWith(missing);

        var offers = new Offers(facts, fired);
        Finding[] findings = [.. fired.Select(f => f.AsFinding(offers)).Concat(facts.Pairs.Select(PairFinding)).OrderByDescending(f => f.Action)];
        var decision = Decide(findings, missing.Count > 0, request.Purpose);
        var (safeDate, waitingFor) = decision >= Decision.Postpone ? SafeDate.Find(facts, applicable, fired) : (null, []);
        return new Assessment(decision, safeDate, waitingFor, findings, [.. missing], [.. stillToAsk], book.Hash);
    }

    /// <summary>Whether the findings of a plan alone would block it. What is unknown is asked when the plan is really made.</summary>
    public static bool IsBlocked(Case facts) =>
        facts.Pairs.Any(p => p.Severity == PairSeverity.Block)
        || Applicable(facts).Any(rule => rule.Action >= Decision.ModifyPlan && rule.Read(facts).Truth == Truth.Yes);

    private static Rule[] Applicable(Case facts) =>
        [.. facts.Book.Rules.Where(rule => rule.AppliesTo(facts) && !(facts.Request.Purpose == Purpose.AllergyTest && NotForAllergyTest.Contains(rule.Id)))];

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

    private static Finding PairFinding(FoundPair found)
    {
        var action = found.Severity == PairSeverity.Block ? Decision.ModifyPlan : Decision.AllowWithCaution;
        return new Finding(found.Pair.Id, Tiers.Of(action), action, found.Pair.Title, found.Because, found.Pair.Rationale ?? found.Pair.Mechanism, found.Pair.Advice, [], found.Pair.Sources);
    }
}
