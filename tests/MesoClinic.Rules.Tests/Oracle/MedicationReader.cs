using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads medicines: which class they belong to, and whether they still act on the day.</summary>
internal static class MedicationReader
{
    public static Reading Medication(MedicationPredicate predicate, Case facts) =>
        Reading.AnyOf([.. facts.Medicines?.Select(medicine => Read(predicate, medicine, facts)) ?? [], NotListed(facts)]);

    public static Reading Count(MedicationCountPredicate predicate, Case facts)
    {
        var member = new MedicationPredicate { Classes = predicate.Classes, State = predicate.State };
        // Of several records of one medicine the one that says most.
        var readings = (facts.Medicines ?? [])
            .Select((medicine, index) => (medicine.Key, Index: index, Reading: Read(member, medicine, facts)))
            .OrderByDescending(x => x.Reading.Truth).DistinctBy(x => x.Key).OrderBy(x => x.Index)
            .Select(x => x.Reading).ToArray();
        var yes = readings.Where(r => r.Truth == Truth.Yes).ToArray();
        var unknown = readings.Where(r => r.Truth == Truth.Unknown).ToArray();
        if (yes.Length >= predicate.AtLeast)
        {
            return Reading.AllOf(yes);
        }
        return Reading.AnyOf([.. yes.Length + unknown.Length >= predicate.AtLeast ? unknown : [], NotListed(facts)]);
    }

    public static Reading Pair(MedicationPairPredicate predicate, Case facts)
    {
        var medicines = facts.Medicines ?? [];
        var first = new MedicationPredicate { Classes = [predicate.First], State = predicate.State };
        var second = new MedicationPredicate { Classes = [predicate.Second], State = predicate.State };
        var together =
            from a in medicines
            from b in medicines
            where !string.Equals(a.Key, b.Key, StringComparison.Ordinal)
            select Reading.AllOf(Read(first, a, facts), Read(second, b, facts));
        return Reading.AnyOf([.. together, NotListed(facts)]);
    }

    private static Reading NotListed(Case facts) => facts.NotOn(HistoryList.Medications, facts.Medicines is not null);

    private static Reading Read(MedicationPredicate predicate, Medicine medicine, Case facts)
    {
        var matches = facts.Matching(predicate, medicine, () => Matches(predicate, medicine));
        if (matches.Truth == Truth.No)
        {
            return Reading.No;
        }
        return Reading.AllOf(matches, InState(predicate, medicine, facts));
    }

    private static Reading Matches(MedicationPredicate predicate, Medicine medicine)
    {
        if (medicine.HasCode(predicate.ExcludeAtcPrefixes))
        {
            return Reading.No;
        }
        var byRow = medicine.Row is { } row && predicate.Medications.Contains(row.Id);
        var byClass = medicine.Classes.Any(c => predicate.Classes.Contains(c)) && LevelFits(predicate, medicine);
        if (byRow || byClass || medicine.HasCode(predicate.AtcPrefixes))
        {
            return Reading.BareYes;
        }
        return medicine.IsIdentified ? Reading.No : Reading.Unknown(medicine.Path);
    }

    private static bool LevelFits(MedicationPredicate predicate, Medicine medicine) =>
        predicate.PhotoLevels.Count == 0 || (medicine.Row?.PhotoLevel is { } level && predicate.PhotoLevels.Contains(level));

    private static Reading InState(MedicationPredicate predicate, Medicine medicine, Case facts)
    {
        var fact = medicine.Fact;
        if (fact.Started > facts.Date)
        {
            return Reading.No;
        }
        if (fact.LastDose.Kind == LastDoseKind.Unknown)
        {
            return DoseUnknown(predicate, medicine);
        }
        var current = fact.LastDose.Kind == LastDoseKind.StillTaken || fact.LastDose.Date > facts.Date;
        if (current)
        {
            return predicate.State is MedicationState.WithinWashout or MedicationState.StoppedUnconfirmed ? Reading.No : Reading.Yes(() => Sentences.Takes(medicine));
        }
        var needed = DaysNeeded(predicate, medicine, facts.Book);
        var days = facts.Date.DayNumber - fact.LastDose.Date.DayNumber;
        if (!(days < needed))
        {
            return Reading.No;
        }
        return predicate.State == MedicationState.StoppedUnconfirmed
            ? Confirmed(medicine, days)
            : Reading.Yes(() => Sentences.Took(medicine, days, needed.Value));
    }

    /// <summary>Days that must have passed since the last dose; null: none are asked for.</summary>
    private static int? DaysNeeded(MedicationPredicate predicate, Medicine medicine, NaiveBook book) => predicate.State switch
    {
        MedicationState.WithinDays or MedicationState.StoppedUnconfirmed => predicate.Days,
        MedicationState.WithinWashout or MedicationState.CurrentOrWashout when !medicine.IsIdentified => book.LongestWashoutDays,
        MedicationState.WithinWashout or MedicationState.CurrentOrWashout => medicine.Row?.WashoutDays ?? book.DefaultWashoutDays(predicate.Classes),
        _ => null,
    };

    private static Reading Confirmed(Medicine medicine, int days) => medicine.Fact.PrescriberConfirmedStop switch
    {
        true => Reading.No,
        false => Reading.Yes(() => Sentences.StoppedAlone(medicine, days)),
        null => Reading.Unknown($"{medicine.Path}.prescriberConfirmedStop"),
    };

    /// <summary>Nobody knows when it ended, so nobody knows whether it still acts.</summary>
    private static Reading DoseUnknown(MedicationPredicate predicate, Medicine medicine)
    {
        var lastDose = $"{medicine.Path}.lastDose";
        return (predicate.State, medicine.Fact.PrescriberConfirmedStop) switch
        {
            (MedicationState.StoppedUnconfirmed, true) => Reading.No,
            (MedicationState.StoppedUnconfirmed, null) => Reading.Unknown(lastDose, $"{medicine.Path}.prescriberConfirmedStop"),
            _ => Reading.Unknown(lastDose),
        };
    }
}
