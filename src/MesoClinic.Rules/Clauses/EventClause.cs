using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>Something done or planned fewer than so many days away.</summary>
internal sealed class EventClause(EventPredicate predicate, Extent extent, Keys keys) : Clause
{
    private readonly int kind = keys.Of(Topic.EventKind, predicate.Kind);

    public override int Commonness => 10;

    public override bool IsDateDriven => true;

    public override IReadOnlyList<string> PlanFields => extent == Extent.TreatedArea ? ["areas"] : [];

    public override Truth Read(Case facts)
    {
        var truth = facts.NotOn(HistoryList.Procedures);
        foreach (ref readonly var happened in facts.Patient.Events.AsSpan())
        {
            if (IsNear(in happened, facts))
            {
                truth = truth.Or(facts.Touches(happened.Areas, extent));
            }
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var happened in facts.Patient.Events)
        {
            if (IsNear(in happened, facts) && facts.Touches(happened.Areas, extent) == Truth.Yes)
            {
                words.Add(Sentences.Event(happened.Fact, predicate, facts));
            }
        }
    }

    public override void Missing(Case facts, List<string> fields)
    {
        foreach (var happened in facts.Patient.Events)
        {
            if (IsNear(in happened, facts) && facts.Touches(happened.Areas, extent) == Truth.Unknown)
            {
                fields.Add("areas");
            }
        }
        facts.AddUnlisted(HistoryList.Procedures, fields);
    }

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(kind);
        rule.WaitForUnlisted(HistoryList.Procedures);
    }

    public override void AddTurns(Case facts, List<int> days)
    {
        foreach (var happened in facts.Patient.Events)
        {
            if (happened.Kind == kind)
            {
                var (first, afterLast) = predicate.Direction == EventDirection.Past
                    ? (happened.Day, happened.Day + predicate.WithinDays)
                    : (happened.Day - predicate.WithinDays + 1, happened.Day + 1);
                days.Add(first);
                days.Add(afterLast);
            }
        }
    }

    private bool IsNear(in RecordedEvent happened, Case facts)
    {
        if (happened.Kind != kind)
        {
            return false;
        }
        var days = facts.Day - happened.Day;
        var away = predicate.Direction == EventDirection.Past ? days : -days;
        return away >= 0 && away < predicate.WithinDays;
    }
}
