using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads answers to questions and visit checks. What was not asked is unknown, never "no".</summary>
internal static class AnswerReader
{
    public static Reading Answer(AnswerPredicate predicate, Case facts) => Answer(predicate.Question, predicate.Is, facts);

    public static Reading Answer(string id, string wanted, Case facts)
    {
        var question = facts.Book.Questions[id];
        var listed = facts.Patient.Answers.TryGetValue(id, out var answer);
        if (answer is not null)
        {
            if (string.Equals(answer, wanted, StringComparison.Ordinal))
            {
                return Reading.Yes(() => Sentences.Answer(question, answer));
            }
            return question.Options.Contains(answer) ? Reading.No : Reading.Unknown(id);
        }
        if (!AppliesTo(question.AppliesTo, facts) || question.AskedAt > facts.Request.Stage)
        {
            return Reading.No;
        }
        return listed || !facts.Request.HistoryComplete ? Reading.Unknown(id) : Silence(question, wanted);
    }

    /// <summary>What silence means in a history that was declared complete.</summary>
    private static Reading Silence(Question question, string wanted) => question.WhenNotGiven switch
    {
        NotGiven.Unknown => Reading.Unknown(question.Id),
        NotGiven.NotOnFile when string.Equals(wanted, "no", StringComparison.Ordinal) => Reading.Yes(() => $"Not on file: {question.Text}"),
        // Nobody said "no needle fear": silence denies a finding, it never vouches for an option.
        _ => Reading.No,
    };

    private static bool AppliesTo(Applicability? to, Case facts)
    {
        if (to is null)
        {
            return true;
        }
        var sex = facts.Patient.Sex;
        var bySex = to.Sex.Count == 0 || sex == Sex.Unknown || to.Sex.Contains(sex);
        var byAge = facts.Age is not { } age || (!(age < to.MinAge) && !(age > to.MaxAge));
        return bySex && byAge;
    }
}
