using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>any ∧ all ∧ ¬none over the clauses of a rule, in Kleene's logic. An empty list asks for nothing.</summary>
internal sealed class Formula(Clause[] any, Clause[] all, Clause[] none)
{
    public IEnumerable<Clause> Clauses => any.Concat(all).Concat(none);

    public Truth Read(Case facts)
    {
        var truth = any.Length == 0 ? Truth.Yes : AnyOf(any, facts);
        foreach (var clause in all)
        {
            if (truth == Truth.No)
            {
                return Truth.No;
            }
            truth = truth.And(clause.Read(facts));
        }
        return truth == Truth.No ? Truth.No : truth.And(AnyOf(none, facts).Not());
    }

    /// <summary>Whether it can say yes to a plan of this alternative.</summary>
    public bool MayHoldFor(string alternative) =>
        Array.TrueForAll(all, clause => clause.MayHoldFor(alternative)) && (any.Length == 0 || Array.Exists(any, clause => clause.MayHoldFor(alternative)));

    /// <summary>Whether another treatment of the same areas could make it say yes: the rest of what it asks for holds, or may.</summary>
    public bool MayHoldWithAnotherTreatment(Case facts)
    {
        foreach (var clause in all)
        {
            if (!clause.DependsOnTreatment && clause.Read(facts) == Truth.No)
            {
                return false;
            }
        }
        return any.Length == 0 || Array.Exists(any, clause => clause.DependsOnTreatment) || AnyOf(any, facts) != Truth.No;
    }

    public void Because(Case facts, List<string> words)
    {
        foreach (var clause in any)
        {
            // A single one must be what made it say yes.
            if (any.Length == 1 || clause.Read(facts) == Truth.Yes)
            {
                clause.Because(facts, words);
            }
        }
        foreach (var clause in all)
        {
            clause.Because(facts, words);
        }
    }

    public void Missing(Case facts, List<string> fields)
    {
        // Where one of several is certain, what the others lack does not matter.
        if (AnyOf(any, facts) == Truth.Unknown)
        {
            AddUnknown(any, facts, fields);
        }
        AddUnknown(all, facts, fields);
        AddUnknown(none, facts, fields);
    }

    /// <summary>The rarest thing that it cannot do without: one of <c>any</c>, or a single one of <c>all</c>. Empty: it needs nothing.</summary>
    private Clause[] Guard { get; } = GuardOf(any, all);

    /// <summary>Whether the passing of days alone can fulfil what it waits for.</summary>
    public bool WaitsForTheCalendar => Array.Exists(Guard, clause => clause.IsWokenByTheCalendar);

    public void Subscribe(Subscriber rule)
    {
        if (Guard.Length == 0)
        {
            rule.WaitForNothing();
        }
        Array.ForEach(Guard, clause => clause.Subscribe(rule));
    }

    public void AddTurns(Case facts, List<int> days)
    {
        AddTurns(any, facts, days);
        AddTurns(all, facts, days);
        AddTurns(none, facts, days);
    }

    public static Truth AnyOf(Clause[] clauses, Case facts)
    {
        var truth = Truth.No;
        foreach (var clause in clauses)
        {
            truth = truth.Or(clause.Read(facts));
            if (truth == Truth.Yes)
            {
                break;
            }
        }
        return truth;
    }

    private static void AddTurns(Clause[] clauses, Case facts, List<int> days)
    {
        foreach (var clause in clauses)
        {
            clause.AddTurns(facts, days);
        }
    }

    private static void AddUnknown(Clause[] clauses, Case facts, List<string> fields)
    {
        foreach (var clause in clauses)
        {
            if (clause.Read(facts) == Truth.Unknown)
            {
                clause.Missing(facts, fields);
            }
        }
    }

    private static Clause[] GuardOf(Clause[] any, Clause[] all)
    {
        var rarest = all.MinBy(clause => clause.Commonness);
        return rarest is null || (any.Length > 0 && any.Sum(clause => clause.Commonness) <= rarest.Commonness) ? any : [rarest];
    }
}
