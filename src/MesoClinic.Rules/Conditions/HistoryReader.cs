using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Conditions;

/// <summary>Reads the lists of the history: conditions, events, allergies.</summary>
internal static class HistoryReader
{
    public static Reading Condition(Icd10Predicate predicate, Extent extent, Case facts)
    {
        if (facts.Patient.Conditions is not { } conditions)
        {
            return facts.NotGiven("conditions");
        }
        return Reading.AnyOf(conditions.Where(c => Matches(predicate, c)).Select(c => Reading.AllOf(facts.Touches(c.Areas, extent), Reading.Yes(Sentences.Condition(c, facts.Book)))));
    }

    private static bool Matches(Icd10Predicate predicate, ConditionFact condition) =>
        predicate.Prefixes.Any(p => Starts(condition, p)) && !predicate.ExcludePrefixes.Any(p => Starts(condition, p)) && StatusMatches(predicate.Statuses, condition.Status);

    private static bool Starts(ConditionFact condition, string prefix) => condition.Icd10.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool StatusMatches(IReadOnlyList<ConditionStatus> wanted, ConditionStatus status) =>
        wanted.Count == 0
        || wanted.Contains(status)
        // A controlled disease is still there: it counts wherever an active or chronic one does.
        || (status == ConditionStatus.Controlled && (wanted.Contains(ConditionStatus.Active) || wanted.Contains(ConditionStatus.Chronic)));

    public static Reading Event(EventPredicate predicate, Extent extent, Case facts)
    {
        if (facts.Patient.Events is not { } events)
        {
            return facts.NotGiven("events");
        }
        return Reading.AnyOf(events.Where(Near).Select(e => Reading.AllOf(facts.Touches(e.Areas, extent), Reading.Yes(Sentences.Event(e, predicate, facts)))));

        bool Near(EventFact e)
        {
            var days = facts.Date.DayNumber - e.Date.DayNumber;
            var away = predicate.Direction == EventDirection.Past ? days : -days;
            return string.Equals(e.Kind, predicate.Kind, StringComparison.Ordinal) && away >= 0 && away < predicate.WithinDays;
        }
    }

    public static Reading Allergy(AllergyPredicate predicate, Case facts)
    {
        if (facts.Patient.Allergies is not { } allergies)
        {
            return facts.NotGiven("allergies");
        }
        return Reading.AnyOf(predicate.Allergens.Where(a => allergies.Contains(a, StringComparer.Ordinal)).Select(a => Reading.Yes(Sentences.Allergy(a, facts.Book))));
    }

    public static Reading AllergyCount(AllergyCountPredicate predicate, Case facts)
    {
        if (facts.Patient.Allergies is not { } allergies)
        {
            return facts.NotGiven("allergies");
        }
        var count = allergies.Distinct(StringComparer.Ordinal).Count();
        return count >= predicate.AtLeast ? Reading.Yes($"{count} allergies on record") : Reading.No;
    }
}
