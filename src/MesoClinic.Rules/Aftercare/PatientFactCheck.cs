using System.Collections.Frozen;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Aftercare;

/// <summary>Whether facts of a patient that aftercare rows name hold at a session: yes, no, or null while one that could settle it is unknown.</summary>
internal sealed class PatientFactCheck
{
    private readonly FrozenDictionary<string, Medication> _medications;
    private readonly FrozenDictionary<string, Medication> _medicationsByCode;
    private readonly FrozenDictionary<string, MedicineClass> _classes;

    public PatientFactCheck(KnowledgeBase knowledge)
    {
        _medications = knowledge.Medications.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);
        _medicationsByCode = knowledge.Medications
            .SelectMany(row => row.Atc, (row, code) => (row, code))
            .DistinctBy(entry => entry.code, StringComparer.Ordinal)
            .ToFrozenDictionary(entry => entry.code, entry => entry.row, StringComparer.Ordinal);
        _classes = knowledge.MedicineClasses.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);
    }

    /// <param name="treatedOn">Day of the session: a medicine whose wash-out had not ended by then counts.</param>
    public bool? AnyHolds(IReadOnlyList<Predicate> predicates, PatientFacts patient, DateOnly treatedOn) =>
        Any(predicates.Select(predicate => Holds(predicate, patient, treatedOn)));

    private bool? Holds(Predicate predicate, PatientFacts patient, DateOnly treatedOn) => predicate switch
    {
        AllergyPredicate allergy => Any(patient.Allergies?.Select(known => (bool?)allergy.Allergens.Contains(known, StringComparer.Ordinal))),
        Icd10Predicate icd => Any(patient.Conditions?.Select(condition => (bool?)Matches(icd, condition))),
        AnswerPredicate answer => patient.Answers.GetValueOrDefault(answer.Question) is { } given ? string.Equals(given, answer.Is, StringComparison.Ordinal) : null,
        MedicationPredicate medication => Any(patient.Medications?.Select(taken => Matches(medication, taken, treatedOn))),
        _ => throw new InvalidOperationException($"Aftercare cannot depend on {predicate.GetType().Name}: the loader refuses it."),
    };

    private static bool Matches(Icd10Predicate icd, ConditionFact condition) =>
        icd.Prefixes.Any(prefix => condition.Icd10.StartsWith(prefix, StringComparison.Ordinal)) &&
        !icd.ExcludePrefixes.Any(prefix => condition.Icd10.StartsWith(prefix, StringComparison.Ordinal)) &&
        (icd.Statuses.Count == 0 || icd.Statuses.Contains(condition.Status));

    private bool? Matches(MedicationPredicate wanted, MedicationFact taken, DateOnly treatedOn)
    {
        var row = taken.Id is not null ? _medications.GetValueOrDefault(taken.Id) : taken.Atc is not null ? _medicationsByCode.GetValueOrDefault(taken.Atc) : null;
        IReadOnlyList<string> codes = taken.Atc is not null ? [taken.Atc] : row?.Atc ?? [];
        if (row is null && codes.Count == 0)
        {
            // A name alone may be anything.
            return null;
        }

        var classes = wanted.Classes.Where(id => row is not null ? row.Classes.Contains(id, StringComparer.Ordinal) : IsIn(_classes[id], codes)).ToList();
        var matches = classes.Count > 0 || (row is not null && wanted.Medications.Contains(row.Id, StringComparer.Ordinal)) || StartsWithAny(codes, wanted.AtcPrefixes);
        if (!matches || StartsWithAny(codes, wanted.ExcludeAtcPrefixes))
        {
            return false;
        }

        var washout = row?.WashoutDays ?? (classes.Count > 0 ? classes : wanted.Classes).Max(id => _classes[id].DefaultWashoutDays) ?? 0;
        return taken.LastDose.Kind switch
        {
            LastDoseKind.StillTaken => true,
            LastDoseKind.Unknown => null,
            _ => taken.LastDose.Date.AddDays(washout) > treatedOn,
        };
    }

    private static bool IsIn(MedicineClass medicines, IReadOnlyList<string> codes) =>
        StartsWithAny(codes, medicines.AtcPrefixes) && !StartsWithAny(codes, medicines.ExcludeAtcPrefixes);

    private static bool StartsWithAny(IReadOnlyList<string> codes, IReadOnlyList<string> prefixes) =>
        codes.Any(code => prefixes.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>Kleene's "or"; a list that was never reviewed is unknown.</summary>
    private static bool? Any(IEnumerable<bool?>? values)
    {
        if (values is null)
        {
            return null;
        }
        bool? result = false;
        foreach (var value in values)
        {
            if (value is true)
            {
                return true;
            }
            result = value is null ? null : result;
        }
        return result;
    }
}
