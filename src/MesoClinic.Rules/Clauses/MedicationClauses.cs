using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A medicine of a class, an ATC prefix or a row, in a state.</summary>
internal sealed class MedicationClause(MedicineMatcher wanted) : Clause
{
    public override int Commonness => 10;

    public override bool IsDateDriven => true;

    public override Truth Read(Case facts)
    {
        var truth = facts.NotOn(HistoryList.Medications);
        var fingerprints = facts.Patient.Fingerprints;
        for (var i = 0; i < fingerprints.Length; i++)
        {
            if ((fingerprints[i] & wanted.Fingerprint) != 0)
            {
                truth = truth.Or(wanted.Read(facts.Patient.Medicines[i], facts));
            }
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var medicine in facts.Patient.Medicines)
        {
            if ((medicine.Fingerprint & wanted.Fingerprint) != 0 && wanted.Read(medicine, facts) == Truth.Yes)
            {
                wanted.Because(medicine, facts, words);
            }
        }
    }

    public override void Missing(Case facts, List<string> fields)
    {
        foreach (var medicine in facts.Patient.Medicines.Where(m => wanted.Read(m, facts) == Truth.Unknown))
        {
            wanted.Missing(medicine, facts, fields);
        }
        facts.AddUnlisted(HistoryList.Medications, fields);
    }

    public override void Subscribe(Subscriber rule) => wanted.Subscribe(rule);

    public override void AddTurns(Case facts, List<int> days)
    {
        foreach (var medicine in facts.Patient.Medicines)
        {
            if ((medicine.Fingerprint & wanted.Fingerprint) != 0)
            {
                wanted.AddTurns(medicine, days);
            }
        }
    }
}

/// <summary>At least so many different medicines of these classes.</summary>
internal sealed class MedicationCountClause(MedicineMatcher wanted, int atLeast) : Clause
{
    public override int Commonness => 20;

    public override bool IsDateDriven => true;

    public override Truth Read(Case facts)
    {
        var (certain, possible) = (0, 0);
        foreach (var medicine in facts.Patient.Medicines)
        {
            var truth = Counted(medicine, facts);
            certain += truth == Truth.Yes ? 1 : 0;
            possible += truth == Truth.No ? 0 : 1;
        }
        return certain >= atLeast ? Truth.Yes : possible >= atLeast ? Truth.Unknown : facts.NotOn(HistoryList.Medications);
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var medicine in Reading(Truth.Yes, facts))
        {
            wanted.Because(medicine, facts, words);
        }
    }

    public override void Missing(Case facts, List<string> fields)
    {
        var unknown = Reading(Truth.Unknown, facts).ToArray();
        if (unknown.Length + Reading(Truth.Yes, facts).Count() >= atLeast)
        {
            Array.ForEach(unknown, medicine => wanted.Missing(medicine, facts, fields));
        }
        facts.AddUnlisted(HistoryList.Medications, fields);
    }

    public override void Subscribe(Subscriber rule)
    {
        if (atLeast <= 0)
        {
            rule.WaitForNothing();
        }
        wanted.Subscribe(rule);
    }

    public override void AddTurns(Case facts, List<int> days) => Array.ForEach(facts.Patient.Medicines, medicine => wanted.AddTurns(medicine, days));

    private IEnumerable<Medicine> Reading(Truth truth, Case facts) => facts.Patient.Medicines.Where(m => Counted(m, facts) == truth);

    /// <summary>Several records of one medicine count once, as the one that says most: an older record that it ended does not undo that it is taken again.</summary>
    private Truth Counted(Medicine medicine, Case facts)
    {
        var truth = wanted.Read(medicine, facts);
        if (truth == Truth.No)
        {
            return truth;
        }
        foreach (var other in facts.Patient.Medicines)
        {
            if (!ReferenceEquals(other, medicine) && Medicine.AreSame(other, medicine) && IsCountedBefore(other, medicine.Index, truth, facts))
            {
                return Truth.No;
            }
        }
        return truth;
    }

    private bool IsCountedBefore(Medicine other, int index, Truth truth, Case facts)
    {
        var says = wanted.Read(other, facts);
        return says > truth || (says == truth && other.Index < index);
    }
}

/// <summary>Two different medicines together, one of each kind.</summary>
internal sealed class MedicationPairClause(MedicineMatcher first, MedicineMatcher second) : Clause
{
    public override int Commonness => 20;

    public override bool IsDateDriven => true;

    public override Truth Read(Case facts)
    {
        var truth = facts.NotOn(HistoryList.Medications);
        foreach (var a in facts.Patient.Medicines)
        {
            if (first.Read(a, facts) != Truth.No)
            {
                foreach (var b in facts.Patient.Medicines)
                {
                    truth = truth.Or(Together(a, b, facts));
                }
            }
        }
        return truth;
    }

    public override void Because(Case facts, List<string> words)
    {
        foreach (var (a, b) in Pairs(Truth.Yes, facts))
        {
            first.Because(a, facts, words);
            second.Because(b, facts, words);
        }
    }

    public override void Missing(Case facts, List<string> fields)
    {
        foreach (var (a, b) in Pairs(Truth.Unknown, facts))
        {
            AddMissing(first, a, facts, fields);
            AddMissing(second, b, facts, fields);
        }
        facts.AddUnlisted(HistoryList.Medications, fields);
    }

    /// <summary>Without the first there is no pair.</summary>
    public override void Subscribe(Subscriber rule) => first.Subscribe(rule);

    public override void AddTurns(Case facts, List<int> days)
    {
        foreach (var medicine in facts.Patient.Medicines)
        {
            first.AddTurns(medicine, days);
            second.AddTurns(medicine, days);
        }
    }

    private Truth Together(Medicine a, Medicine b, Case facts) => Medicine.AreSame(a, b) ? Truth.No : first.Read(a, facts).And(second.Read(b, facts));

    private IEnumerable<(Medicine A, Medicine B)> Pairs(Truth truth, Case facts) =>
        from a in facts.Patient.Medicines
        from b in facts.Patient.Medicines
        where Together(a, b, facts) == truth
        select (a, b);

    private static void AddMissing(MedicineMatcher matcher, Medicine medicine, Case facts, List<string> fields)
    {
        if (matcher.Read(medicine, facts) == Truth.Unknown)
        {
            matcher.Missing(medicine, facts, fields);
        }
    }
}
