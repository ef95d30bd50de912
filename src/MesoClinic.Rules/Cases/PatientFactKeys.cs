using System.Collections.Frozen;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>Everything in a patient that rules wait for, what is unknown included. What no rule waits for is left out.</summary>
internal sealed class PatientFactKeys(KnowledgeBase knowledge, Keys keys, Subscriptions subscriptions)
{
    private sealed record Asked(FrozenDictionary<string, int> Given, int Unknown);

    private sealed record Measured(string Name, bool IsVital, Thresholds Limits, int Unknown);

    private readonly (int Bit, int Key)[] lists = [.. HistoryList.All.Select(list => (list.Bit, keys.Find(Topic.Other, list.Unlisted)))];
    private readonly int unidentified = keys.Find(Topic.Other, MedicineMatcher.Unidentified);
    private readonly int allergic = keys.Find(Topic.Other, PatientAllergenClause.Allergic);
    private readonly int noBirthDate = keys.Find(Topic.Other, AgeClause.Unknown);
    private readonly int noPhototype = keys.Find(Topic.Other, FitzpatrickClause.Unknown);
    private readonly Thresholds allergyCount = subscriptions.ThresholdsOf(AllergyCountClause.Quantity);
    private readonly Thresholds phototype = subscriptions.ThresholdsOf(FitzpatrickClause.Quantity);
    private readonly Measured[] measures =
        [.. knowledge.Vocabulary.Vitals.Select(m => Measure(m, true, keys, subscriptions)), .. knowledge.Vocabulary.Labs.Select(m => Measure(m, false, keys, subscriptions))];

    private readonly FrozenDictionary<string, Asked> questions = knowledge.Questions.Questions.ToFrozenDictionary(q => q.Id, q => Ask(q, keys), StringComparer.Ordinal);

    /// <summary>Questions of which silence says something even in a complete history.</summary>
    private readonly (string Id, int Key)[] telling =
        [.. knowledge.Questions.Questions.Where(q => q.WhenNotGiven != NotGiven.Negative).Select(q => (q.Id, Key: keys.Find(Topic.Answer, AnswerClause.Unknown(q.Id)))).Where(q => subscriptions.Matter(q.Key))];

    public int[] Of(ResolvedPatient patient)
    {
        var found = new KeyBuffer(stackalloc int[128]);
        AddLists(patient, ref found);
        AddAnswers(patient, ref found);
        AddPerson(patient, ref found);
        return found.ToArray();
    }

    private void AddLists(ResolvedPatient patient, ref KeyBuffer found)
    {
        foreach (var (bit, key) in lists)
        {
            Add((patient.Unlisted & bit) != 0, key, ref found);
        }
        foreach (ref readonly var condition in patient.Conditions.AsSpan())
        {
            AddAll(condition.Prefixes, ref found);
        }
        foreach (var medicine in patient.Medicines)
        {
            AddAll(medicine.Facts, ref found);
            Add(!medicine.IsIdentified, unidentified, ref found);
        }
        foreach (var allergy in patient.Allergies)
        {
            Add(allergy.Key != Keys.None, allergy.Key, ref found);
        }
        Add(patient.Allergies.Length > 0, allergic, ref found);
        AddPassed(allergyCount, patient.Allergies.Length, ref found);
        foreach (ref readonly var happened in patient.Events.AsSpan())
        {
            Add(happened.Kind != Keys.None, happened.Kind, ref found);
        }
    }

    private void AddAnswers(ResolvedPatient patient, ref KeyBuffer found)
    {
        var answers = patient.Facts.Answers;
        if (!patient.HistoryComplete)
        {
            foreach (var (id, question) in questions)
            {
                Add(!answers.ContainsKey(id), question.Unknown, ref found);
            }
        }
        foreach (var (id, key) in telling)
        {
            Add(!answers.ContainsKey(id), key, ref found);
        }
        if (answers.Count == 0)
        {
            return;
        }
        foreach (var (id, answer) in answers)
        {
            if (questions.TryGetValue(id, out var question))
            {
                // Something that is no option may still be the very word that a rule asks for, or else is not understood.
                var key = Keys.None;
                var isOption = answer is not null && question.Given.TryGetValue(answer, out key);
                Add(isOption, key, ref found);
                Add(!isOption, question.Unknown, ref found);
                if (!isOption && answer is not null)
                {
                    Add(true, keys.Find(Topic.Answer, AnswerClause.Given(id, answer)), ref found);
                }
            }
        }
    }

    private void AddPerson(ResolvedPatient patient, ref KeyBuffer found)
    {
        var facts = patient.Facts;
        Add(facts.BirthDate is null, noBirthDate, ref found);
        Add(facts.Fitzpatrick is null, noPhototype, ref found);
        AddPassed(phototype, facts.Fitzpatrick, ref found);
        foreach (var measure in measures)
        {
            var values = measure.IsVital ? facts.Vitals : facts.Labs;
            var isListed = values.TryGetValue(measure.Name, out var value);
            AddPassed(measure.Limits, value, ref found);
            Add(isListed ? value is null : !patient.HistoryComplete, measure.Unknown, ref found);
        }
    }

    private void Add(bool isFact, int key, ref KeyBuffer found)
    {
        if (isFact && subscriptions.Matter(key))
        {
            found.Add(key);
        }
    }

    private void AddAll(int[] facts, ref KeyBuffer found)
    {
        foreach (var key in facts)
        {
            Add(true, key, ref found);
        }
    }

    private void AddPassed(Thresholds limits, decimal? value, ref KeyBuffer found)
    {
        foreach (var op in value is null ? [] : Thresholds.Comparisons)
        {
            foreach (var key in limits.PassedBy(value!.Value, op))
            {
                Add(true, key, ref found);
            }
        }
    }

    private static Measured Measure(Measure row, bool isVital, Keys keys, Subscriptions subscriptions)
    {
        var field = MeasureClause.FieldOf(row.Id, isVital);
        return new Measured(row.Id, isVital, subscriptions.ThresholdsOf(field), keys.Find(Topic.Other, MeasureClause.Unknown(field)));
    }

    private static Asked Ask(Question question, Keys keys) => new(
        question.Options.ToFrozenDictionary(option => option, option => keys.Find(Topic.Answer, AnswerClause.Given(question.Id, option)), StringComparer.Ordinal),
        keys.Find(Topic.Answer, AnswerClause.Unknown(question.Id)));
}
