using MesoClinic.Application.Rules;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Booking;

/// <summary>What is asked when a patient comes: the questions of the day, and those of the history whose answer has expired or was never given.</summary>
internal static class CheckInQuestions
{
    public static IReadOnlyList<Question> For(Patient patient, DateOnly today, KnowledgeBase knowledge)
    {
        var newest = patient.Answers.GroupBy(answer => answer.Question, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(answer => answer.AskedUtc)!, StringComparer.Ordinal);
        return [.. knowledge.Questions.Questions.Where(question => Applies(question.AppliesTo, patient, today) && (question.AskedAt >= Stage.Visit || !IsKnown(question)))];

        bool IsKnown(Question question) =>
            question.WhenNotGiven == NotGiven.NotOnFile || (newest.TryGetValue(question.Id, out var answer) && answer.Value is not null && FactsOf.Holds(answer, question, today));
    }

    private static bool Applies(Applicability? to, Patient patient, DateOnly today) =>
        to is null
        || ((to.Sex.Count == 0 || patient.Sex == Sex.Unknown || to.Sex.Contains(patient.Sex)) && !(patient.AgeOn(today) < to.MinAge) && !(patient.AgeOn(today) > to.MaxAge));
}
