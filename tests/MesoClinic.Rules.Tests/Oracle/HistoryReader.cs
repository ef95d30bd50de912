using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads the lists of the history: conditions, events, allergies.</summary>
internal static class HistoryReader
{
    public static Reading Condition(Icd10Predicate predicate, Extent extent, Case facts)
    {
        var conditions = facts.Patient.Conditions;
        return Reading.AnyOf([
            .. conditions?.Where(c => Matches(predicate, c)).Select(c => Reading.AllOf(facts.Touches(c.Areas, extent), Reading.Yes(() => Sentences.Condition(c, facts.Book)))) ?? [],
            facts.NotOn(HistoryList.Conditions, conditions is not null),
        ]);
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
        var events = facts.Patient.Events;
        return Reading.AnyOf([
            .. events?.Where(Near).Select(e => Reading.AllOf(facts.Touches(e.Areas, extent), Reading.Yes(() => Sentences.Event(e, predicate, facts)))) ?? [],
            facts.NotOn(HistoryList.Procedures, events is not null),
        ]);

        bool Near(EventFact e)
        {
            var days = facts.Date.DayNumber - e.Date.DayNumber;
            var away = predicate.Direction == EventDirection.Past ? days : -days;
            return string.Equals(e.Kind, predicate.Kind, StringComparison.Ordinal) && away >= 0 && away < predicate.WithinDays;
        }
    }

    public static Reading Allergy(AllergyPredicate predicate, Case facts)
    {
        var allergies = facts.Patient.Allergies;
        return Reading.AnyOf([
            .. predicate.Allergens.Where(a => allergies?.Contains(a) == true).Select(a => Reading.Yes(() => Sentences.Allergy(a, facts.Book))),
            facts.NotOn(HistoryList.Allergies, allergies is not null),
        ]);
    }

    public static Reading AllergyCount(AllergyCountPredicate predicate, Case facts)
    {
        var allergies = facts.Patient.Allergies;
        var count = allergies?.Distinct(StringComparer.Ordinal).Count() ?? 0;
        return count >= predicate.AtLeast ? Reading.Yes(() => $"{count} allergies on record") : facts.NotOn(HistoryList.Allergies, allergies is not null);
    }
}
