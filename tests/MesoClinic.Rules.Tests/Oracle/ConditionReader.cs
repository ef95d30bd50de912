using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>any ∧ all ∧ ¬none over the predicates of a rule.</summary>
internal static class ConditionReader
{
    public static Reading Read(Condition condition, Extent extent, Case facts)
    {
        var any = condition.Any.Count == 0 ? Reading.BareYes : Reading.AnyOf(condition.Any.Select(Predicate));
        if (any.Truth == Truth.No)
        {
            return Reading.No;
        }
        var all = Reading.AllOf([.. condition.All.Select(Predicate)]);
        if (all.Truth == Truth.No)
        {
            return Reading.No;
        }
        var none = Reading.AnyOf(condition.None.Select(Predicate)).Not();
        return Reading.AllOf(any, all, none);

        Reading Predicate(Predicate predicate) => PredicateReader.Read(predicate, extent, facts);
    }
}
