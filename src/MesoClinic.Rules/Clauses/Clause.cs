using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>One predicate of a rule, compiled. Everything that is known about a kind of predicate stands in its clause and nowhere else.</summary>
internal abstract class Clause
{
    /// <summary>What it comes to. Read for every patient: it allocates nothing.</summary>
    public abstract Truth Read(Case facts);

    /// <summary>Adds the facts in words. Asked only of a clause that reads yes.</summary>
    public abstract void Because(Case facts, List<string> words);

    /// <summary>Adds the facts that would settle it. Asked only of a clause that reads unknown.</summary>
    public abstract void Missing(Case facts, List<string> fields);

    /// <summary>Names the facts of which one must be there before it can read anything but no.</summary>
    public abstract void Subscribe(Subscriber rule);

    /// <summary>How often it is not no, roughly, in a thousand patients: a rule waits for the rarest of what it needs.</summary>
    public abstract int Commonness { get; }

    /// <summary>Whether time heals it: wash-outs, events, intervals, seasons. Age does not.</summary>
    public virtual bool IsDateDriven => false;

    /// <summary>Whether the day itself is among the facts that it waits for.</summary>
    public virtual bool IsWokenByTheCalendar => false;

    /// <summary>Adds the days (as day numbers) on which its reading can differ from that of the day before.</summary>
    public virtual void AddTurns(Case facts, List<int> days)
    {
    }

    /// <summary>Whether another treatment of the same areas could make it read otherwise.</summary>
    public virtual bool DependsOnTreatment => false;

    /// <summary>Whether it can read yes for a plan of this alternative (alt-…), which keeps indication, areas, place and course and injects nothing.</summary>
    public virtual bool MayHoldFor(string alternative) => true;

    /// <summary>Names of the plan's fields in a request that must be filled in at the start.</summary>
    public virtual IReadOnlyList<string> PlanFields => [];
}
