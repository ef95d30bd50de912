using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Makes single facts, most of them close to a limit.</summary>
internal sealed class FactMaker(Chance chance, DateOnly day)
{
    private static readonly KnowledgeBase Tables = Shipped.Knowledge;

    private static readonly string[] Prefixes =
        [.. Tables.Contraindications.SelectMany(r => r.Detect.Any.Concat(r.Detect.All).Concat(r.Detect.None)).OfType<Icd10Predicate>().SelectMany(p => p.Prefixes.Concat(p.ExcludePrefixes)).Distinct()];

    private static readonly string[] Areas = [.. Tables.Areas.Select(a => a.Id)];

    public ConditionFact Condition() => chance.Percent(70) ? Condition(chance.Of(Prefixes), []) : new ConditionFact(chance.Of(Tables.Icd10).Code, Status([]), Places());

    /// <summary>The prefix itself, a code below it, or one that just misses it.</summary>
    public ConditionFact Condition(string prefix, IReadOnlyList<ConditionStatus> wanted)
    {
        var code = chance.Between(0, 9) switch
        {
            < 5 => prefix,
            5 => prefix + chance.Between(0, 9),
            6 => $"{prefix}.{chance.Between(0, 9)}",
            7 => prefix.ToLowerInvariant(),
            8 => prefix[..^1],
            _ => prefix[..^1] + chance.Either('0', '5', '9'),
        };
        return new ConditionFact(code, Status(wanted), Places());
    }

    public MedicationFact Medicine() => chance.Between(0, 19) switch
    {
        0 => Dosed(new MedicationFact { Name = "something green" }, 90),
        1 => Dosed(new MedicationFact { Atc = "B01A" }, 90),
        2 => Dosed(new MedicationFact { Atc = "H03AA01" }, 14),
        3 => Dosed(new MedicationFact { Id = "med-nobody-knows", Name = "x" }, 180),
        _ => Dosed(Named(chance.Of(Tables.Medications)), chance.Either(5, 7, 14, 30)),
    };

    public MedicationFact Medicine(MedicationPredicate wanted)
    {
        var rows = Tables.Medications.Where(m => m.Classes.Intersect(wanted.Classes).Any() || wanted.Medications.Contains(m.Id)).ToArray();
        var row = rows.Length == 0 || chance.Percent(15) ? null : chance.Of(rows);
        var washout = row?.WashoutDays ?? Tables.MedicineClasses.Where(c => wanted.Classes.Contains(c.Id)).Max(c => c.DefaultWashoutDays) ?? 7;
        var fact = row is null ? new MedicationFact { Atc = WithinGroup(wanted) } : Named(row);
        return Dosed(fact, wanted.Days ?? washout);
    }

    public EventFact Event() => new(chance.Of(Tables.Vocabulary.EventKinds).Id, day.AddDays(Math.Min(chance.Between(-200, 40), DateOnly.MaxValue.DayNumber - day.DayNumber)), Places());

    public EventFact Event(EventPredicate wanted)
    {
        var days = chance.Percent(60) ? wanted.WithinDays + chance.Between(-2, 1) : chance.Between(-2, 2);
        return new EventFact(wanted.Kind, Shift(wanted.Direction == EventDirection.Past ? -days : days), Places());
    }

    public string Allergy() => chance.Percent(3) ? "alg-mystery" : chance.Of(Tables.Allergens).Id;

    public string Ingredient() => chance.Percent(2) ? "ing-mystery" : chance.Of(Tables.Ingredients).Id;

    /// <summary>Somebody who turns so many years within a few days of the assessment, or a little older.</summary>
    public DateOnly? BirthDate(int years) => chance.Percent(3) ? new DateOnly(2008, 2, 29) : Shift(chance.Between(-40, 40)).AddYears(-years - chance.Either(0, 0, 0, 1, 4));

    public string? Answer(Question question, string wanted) => chance.Between(0, 19) switch
    {
        < 12 => wanted,
        < 16 => null,
        16 => "perhaps",
        _ => chance.Of(question.Options),
    };

    public TreatmentPlan Plan() => new PlanMaker(chance, day).Any();

    public TreatmentPlan Leaning(TreatmentPlan plan, Predicate wanted) => new PlanMaker(chance, day).Leaning(plan, wanted);

    private ConditionStatus Status(IReadOnlyList<ConditionStatus> wanted) => wanted.Count > 0 && chance.Percent(80) ? chance.Of(wanted) : chance.Of(Enum.GetValues<ConditionStatus>());

    private string[]? Places() => chance.Percent(60) ? null : chance.Some(() => chance.Percent(3) ? "mystery" : chance.Of(Areas), 2);

    private MedicationFact Named(Medication row) => row.Atc.Count > 0 && chance.Percent(40)
        ? new MedicationFact { Atc = chance.Percent(20) ? $" {chance.Of(row.Atc).ToLowerInvariant()}" : chance.Of(row.Atc), Id = chance.Percent(10) ? chance.Of(Tables.Medications).Id : null }
        : new MedicationFact { Id = row.Id };

    private string WithinGroup(MedicationPredicate wanted)
    {
        IReadOnlyList<string> prefixes = [.. wanted.AtcPrefixes, .. wanted.ExcludeAtcPrefixes, .. Tables.MedicineClasses.Where(c => wanted.Classes.Contains(c.Id)).SelectMany(c => c.AtcPrefixes)];
        var code = prefixes.Count == 0 ? "V07AY" : chance.Of(prefixes);
        return chance.Percent(10) ? code : code.PadRight(5, 'A').PadRight(7, '9');
    }

    private MedicationFact Dosed(MedicationFact fact, int limit) => fact with
    {
        LastDose = chance.Between(0, 9) switch
        {
            < 4 => LastDose.StillTaken,
            4 => LastDose.Unknown,
            < 9 => LastDose.On(Shift(-limit + chance.Between(-2, 2))),
            _ => LastDose.On(Shift(chance.Between(-30, 10))),
        },
        Started = chance.Percent(70) ? null : Shift(chance.Either(-100, -1, 0, 1, 20)),
        PrescriberConfirmedStop = chance.Either<bool?>(true, false, null),
    };

    private DateOnly Shift(int days) => day.AddDays(Math.Min(days, DateOnly.MaxValue.DayNumber - day.DayNumber));
}
