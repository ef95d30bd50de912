using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A recorded condition whose code lies under a prefix.</summary>
internal sealed class Icd10Clause : Clause
{
    private readonly Extent extent;
    private readonly int[] prefixes;
    private readonly int[] excluded;
    private readonly ulong fingerprint;
    private readonly int statuses;

    public Icd10Clause(Icd10Predicate predicate, Extent extent, Keys keys)
    {
        this.extent = extent;
        prefixes = keys.Of(Topic.Icd10, predicate.Prefixes);
        excluded = keys.Of(Topic.Icd10, predicate.ExcludePrefixes);
        fingerprint = KeySets.Fingerprint(prefixes);
        statuses = Statuses(predicate.Statuses);
    }

    public override int Commonness => 10;

    public override IReadOnlyList<string> PlanFields => extent == Extent.TreatedArea ? ["areas"] : [];

    public override Truth Read(Case facts)
    {
        var truth = facts.NotOn(HistoryList.Conditions);
        foreach (ref readonly var condition in facts.Patient.Conditions.AsSpan())
        {
            if (Means(in condition))
            {
                truth = truth.Or(facts.Touches(condition.Areas, extent));
            }
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var condition in facts.Patient.Conditions)
        {
            if (Means(in condition) && facts.Touches(condition.Areas, extent) == Truth.Yes)
            {
                words.Add(Sentences.Condition(condition.Fact, facts.Book));
            }
        }
    }

    public override void Missing(Case facts, List<string> fields)
    {
        foreach (var condition in facts.Patient.Conditions)
        {
            if (Means(in condition) && facts.Touches(condition.Areas, extent) == Truth.Unknown)
            {
                fields.Add("areas");
            }
        }
        facts.AddUnlisted(HistoryList.Conditions, fields);
    }

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(prefixes);
        rule.WaitForUnlisted(HistoryList.Conditions);
    }

    private bool Means(in RecordedCondition condition) =>
        (condition.Fingerprint & fingerprint) != 0 && condition.Prefixes.Overlaps(prefixes) && !condition.Prefixes.Overlaps(excluded) && (statuses & (1 << (int)condition.Fact.Status)) != 0;

    /// <summary>A controlled disease is still there: it counts wherever an active or chronic one does.</summary>
    private static int Statuses(IReadOnlyList<ConditionStatus> wanted)
    {
        var bits = wanted.Count == 0 ? ~0 : wanted.Aggregate(0, (all, status) => all | (1 << (int)status));
        return wanted.Contains(ConditionStatus.Active) || wanted.Contains(ConditionStatus.Chronic) ? bits | (1 << (int)ConditionStatus.Controlled) : bits;
    }
}
