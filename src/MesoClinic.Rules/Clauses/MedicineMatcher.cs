using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>Whether one medicine is meant by a predicate, and whether it still acts on the day.</summary>
internal sealed class MedicineMatcher
{
    public const string Unidentified = "medicine not identified";

    private readonly MedicationPredicate predicate;
    private readonly RuleBook book;
    private readonly int[] classes;
    private readonly int[] prefixes;
    private readonly int[] excluded;
    private readonly int[] rows;
    private readonly int photoLevels;

    /// <summary>The longest default of the classes; null when none is established.</summary>
    private readonly int? washoutDays;

    public MedicineMatcher(MedicationPredicate predicate, RuleBook book, Keys keys)
    {
        this.predicate = predicate;
        this.book = book;
        classes = keys.Of(Topic.MedicineClass, predicate.Classes);
        prefixes = keys.Of(Topic.Atc, predicate.AtcPrefixes);
        excluded = keys.Of(Topic.Atc, predicate.ExcludeAtcPrefixes);
        rows = keys.Of(Topic.Medication, predicate.Medications);
        Fingerprint = KeySets.Fingerprint([.. classes, .. prefixes, .. rows]);
        photoLevels = predicate.PhotoLevels.Count == 0 ? ~0 : predicate.PhotoLevels.Aggregate(0, (all, level) => all | (1 << (int)level));
        washoutDays = predicate.Classes.Max(id => book.MedicineClasses[id].DefaultWashoutDays);
    }

    /// <summary>A medicine whose fingerprint does not overlap this one is not meant.</summary>
    public ulong Fingerprint { get; }

    public Truth Read(Medicine medicine, Case facts)
    {
        var meant = IsMeant(medicine);
        return meant == Truth.No ? Truth.No : meant.And(IsInState(medicine, facts));
    }

    public void Because(Medicine medicine, Case facts, List<string> words)
    {
        if (medicine.IsTakenOn(facts.Date))
        {
            words.Add(medicine.Taken);
            return;
        }
        var days = DaysSinceLastDose(medicine, facts);
        words.Add(predicate.State == MedicationState.StoppedUnconfirmed
            ? Sentences.StoppedAlone(medicine, days)
            : Sentences.Took(medicine, days, DaysNeeded(medicine)!.Value));
    }

    public void Missing(Medicine medicine, Case facts, List<string> fields)
    {
        if (IsMeant(medicine) == Truth.Unknown)
        {
            fields.Add(medicine.Path);
        }
        if (IsInState(medicine, facts) == Truth.Unknown)
        {
            if (medicine.Fact.LastDose.Kind == LastDoseKind.Unknown)
            {
                fields.Add($"{medicine.Path}.lastDose");
            }
            if (predicate.State == MedicationState.StoppedUnconfirmed && medicine.Fact.PrescriberConfirmedStop is null)
            {
                fields.Add($"{medicine.Path}.prescriberConfirmedStop");
            }
        }
    }

    public void Subscribe(Subscriber rule)
    {
        rule.WaitFor(classes);
        rule.WaitFor(prefixes);
        rule.WaitFor(rows);
        rule.WaitFor(Topic.Other, Unidentified);
        rule.WaitForUnlisted(HistoryList.Medications);
    }

    public void AddTurns(Medicine medicine, List<int> days)
    {
        if (IsMeant(medicine) == Truth.No)
        {
            return;
        }
        if (medicine.Fact.Started is { } started)
        {
            days.Add(started.DayNumber);
        }
        if (medicine.Fact.LastDose is { Kind: LastDoseKind.OnDate, Date: var last })
        {
            days.Add(last.DayNumber);
            days.Add(last.DayNumber + (DaysNeeded(medicine) ?? 0));
        }
    }

    private Truth IsMeant(Medicine medicine)
    {
        if (medicine.Prefixes.Overlaps(excluded))
        {
            return Truth.No;
        }
        var meant = rows.AsSpan().Contains(medicine.RowKey)
            || (medicine.Classes.Overlaps(classes) && LevelFits(medicine))
            || medicine.Prefixes.Overlaps(prefixes);
        return meant ? Truth.Yes : medicine.IsIdentified ? Truth.No : Truth.Unknown;
    }

    /// <summary>Narrows class matches only; the ATC prefixes are chosen for their level.</summary>
    private bool LevelFits(Medicine medicine) => predicate.PhotoLevels.Count == 0 || (medicine.Row?.PhotoLevel is { } level && (photoLevels & (1 << (int)level)) != 0);

    private Truth IsInState(Medicine medicine, Case facts)
    {
        var fact = medicine.Fact;
        if (fact.Started > facts.Date)
        {
            return Truth.No;
        }
        if (fact.LastDose.Kind == LastDoseKind.Unknown)
        {
            // Nobody knows when it ended, so nobody knows whether it still acts.
            return predicate.State == MedicationState.StoppedUnconfirmed && fact.PrescriberConfirmedStop == true ? Truth.No : Truth.Unknown;
        }
        if (medicine.IsTakenOn(facts.Date))
        {
            return predicate.State is MedicationState.WithinWashout or MedicationState.StoppedUnconfirmed ? Truth.No : Truth.Yes;
        }
        if (!(DaysSinceLastDose(medicine, facts) < DaysNeeded(medicine)))
        {
            return Truth.No;
        }
        return predicate.State != MedicationState.StoppedUnconfirmed ? Truth.Yes : fact.PrescriberConfirmedStop switch
        {
            true => Truth.No,
            false => Truth.Yes,
            null => Truth.Unknown,
        };
    }

    private static int DaysSinceLastDose(Medicine medicine, Case facts) => facts.Day - medicine.Fact.LastDose.Date.DayNumber;

    /// <summary>Days that must have passed since the last dose; null: none are asked for.</summary>
    private int? DaysNeeded(Medicine medicine) => predicate.State switch
    {
        MedicationState.WithinDays or MedicationState.StoppedUnconfirmed => predicate.Days,
        MedicationState.WithinWashout or MedicationState.CurrentOrWashout when !medicine.IsIdentified => book.LongestWashoutDays,
        MedicationState.WithinWashout or MedicationState.CurrentOrWashout => medicine.Row?.WashoutDays ?? washoutDays,
        _ => null,
    };
}
