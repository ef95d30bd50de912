using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>A patient whose conditions, medicines, allergies and answers are understood, whatever the plan and the day.</summary>
internal sealed class ResolvedPatient
{
    public ResolvedPatient(AssessmentRequest request, RuleBook book)
    {
        var catalogue = book.Catalogue;
        Facts = request.Patient;
        HistoryComplete = request.HistoryComplete;
        Unlisted = UnlistedIn(request);
        Conditions = Each(Facts.Conditions, catalogue, static (fact, tables) => new RecordedCondition(fact, tables.PrefixesOf(fact.Icd10), new AreaSet(fact.Areas, tables)));
        Medicines = Identify(Facts.Medications ?? [], catalogue);
        Fingerprints = new ulong[Medicines.Length];
        for (var i = 0; i < Medicines.Length; i++)
        {
            Fingerprints[i] = Medicines[i].Fingerprint;
        }
        Allergies = Facts.Allergies is null or [] ? [] : [.. Facts.Allergies.Distinct(StringComparer.Ordinal).Select(catalogue.FindAllergy)];
        Events = Each(Facts.Events, catalogue, static (fact, tables) => new RecordedEvent(fact, tables.FindEventKind(fact.Kind), fact.Date.DayNumber, new AreaSet(fact.Areas, tables)));
        Unrecognised = Allergies.Length == 0 ? [] : Assessing.Unrecognised.In("allergies", Facts.Allergies, book.Allergens.ContainsKey);
        Keys = catalogue.KeysOfPatient(this);
    }

    public PatientFacts Facts { get; }
    public bool HistoryComplete { get; }

    /// <summary>Bits of the lists of which it is not known what does not stand on them.</summary>
    public int Unlisted { get; }
    public RecordedCondition[] Conditions { get; }
    public Medicine[] Medicines { get; }

    /// <summary>Of the medicines, side by side: most rules look no further.</summary>
    public ulong[] Fingerprints { get; }

    /// <summary>Each once.</summary>
    public RecordedAllergy[] Allergies { get; }
    public RecordedEvent[] Events { get; }

    /// <summary>Paths of what the tables do not know.</summary>
    public string[] Unrecognised { get; }

    /// <summary>What rules wait for in the patient.</summary>
    public int[] Keys { get; }

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom>? facts, Catalogue catalogue, Func<TFrom, Catalogue, TTo> resolve)
    {
        if (facts is null or { Count: 0 })
        {
            return [];
        }
        var resolved = new TTo[facts.Count];
        for (var i = 0; i < resolved.Length; i++)
        {
            resolved[i] = resolve(facts[i], catalogue);
        }
        return resolved;
    }

    private static int UnlistedIn(AssessmentRequest request)
    {
        var patient = request.Patient;
        var unlisted = request.HistoryComplete ? 0
            : (patient.Conditions is null ? HistoryList.Conditions.Bit : 0)
            | (patient.Medications is null ? HistoryList.Medications.Bit : 0)
            | (patient.Allergies is null ? HistoryList.Allergies.Bit : 0)
            | (patient.Events is null ? HistoryList.Procedures.Bit : 0);
        foreach (var list in patient.IncompleteLists.Count == 0 ? [] : HistoryList.All)
        {
            unlisted |= patient.IncompleteLists.Has(list.Id) ? list.Bit : 0;
        }
        return unlisted;
    }

    private static Medicine[] Identify(IReadOnlyList<MedicationFact> facts, Catalogue catalogue)
    {
        var medicines = new Medicine[facts.Count];
        for (var i = 0; i < medicines.Length; i++)
        {
            medicines[i] = new Medicine(facts[i], i, catalogue);
        }
        return medicines;
    }
}
