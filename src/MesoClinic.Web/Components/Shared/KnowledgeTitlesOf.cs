using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Web.Components.Shared;

/// <summary>The titles of the loaded knowledge, cascaded to every page.</summary>
internal static class KnowledgeTitlesOf
{
    public static KnowledgeTitles Book(KnowledgeBase knowledge) => new(
        knowledge.Contraindications.Select(row => (row.Id, row.Title)).Concat(knowledge.TechniqueRules.Select(row => (row.Id, row.Title))).ToDictionary(row => row.Id, row => row.Title, StringComparer.Ordinal),
        knowledge.Alternatives.Select(row => (row.Id, row.Title)).Concat(knowledge.Techniques.Select(row => (row.Id, row.Title))).ToDictionary(row => row.Id, row => row.Title, StringComparer.Ordinal),
        knowledge.Questions.Questions.ToDictionary(row => row.Id, row => new QuestionTitle(row.Text, row.AnsweredBy == AnsweredBy.Patient ? Answerer.Patient : Answerer.Clinician), StringComparer.Ordinal),
        knowledge.Sources.ToDictionary(row => row.Id, row => row.Title, StringComparer.Ordinal));
}
