using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A question or visit check answered so. What was not asked is unknown, never "no".</summary>
internal sealed class AnswerClause(Question question, string wanted) : Clause
{
    private readonly string[] options = [.. question.Options];

    public override int Commonness => question.WhenNotGiven == NotGiven.Negative ? 10 : 500;

    /// <summary>What silence means in a history that was declared complete. It denies a finding, it never vouches for an option: nobody said "no needle fear".</summary>
    private Truth Silence => question.WhenNotGiven switch
    {
        NotGiven.Unknown => Truth.Unknown,
        NotGiven.NotOnFile when string.Equals(wanted, "no", StringComparison.Ordinal) => Truth.Yes,
        _ => Truth.No,
    };

    /// <summary>The fact that a question was answered so.</summary>
    public static string Given(string question, string answer) => $"{question}={answer}";

    /// <summary>The fact that it is not known how a question would be answered.</summary>
    public static string Unknown(string question) => $"{question}=?";

    public override Truth Read(Case facts)
    {
        var listed = facts.Patient.Facts.Answers.TryGetValue(question.Id, out var answer);
        if (answer is not null)
        {
            return string.Equals(answer, wanted, StringComparison.Ordinal) ? Truth.Yes : options.AsSpan().Contains(answer) ? Truth.No : Truth.Unknown;
        }
        if (!AppliesTo(facts) || question.AskedAt > facts.Stage)
        {
            return Truth.No;
        }
        return listed || !facts.Patient.HistoryComplete ? Truth.Unknown : Silence;
    }

    public override void Because(Case facts, List<string> words) =>
        words.Add(facts.Patient.Facts.Answers.TryGetValue(question.Id, out var answer) && answer is not null ? Sentences.Answer(question, answer) : $"Not on file: {question.Text}");

    public override void Missing(Case facts, List<string> fields) => fields.Add(question.Id);

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Topic.Answer, Given(question.Id, wanted));
        rule.WaitFor(Topic.Answer, Unknown(question.Id));
    }

    /// <summary>From a birthday on a question can concern somebody, or no longer.</summary>
    public override void AddTurns(Case facts, List<int> days)
    {
        if (question.AppliesTo is { } to && (to.MinAge ?? to.MaxAge) is not null)
        {
            facts.AddBirthdays(days);
        }
    }

    private bool AppliesTo(Case facts)
    {
        if (question.AppliesTo is not { } to)
        {
            return true;
        }
        var sex = facts.Patient.Facts.Sex;
        var bySex = to.Sex.Count == 0 || sex == Sex.Unknown || to.Sex.Contains(sex);
        var byAge = facts.Age is not { } age || (!(age < to.MinAge) && !(age > to.MaxAge));
        return bySex && byAge;
    }
}
