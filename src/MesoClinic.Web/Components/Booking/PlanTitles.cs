using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Web.Components.Booking;

/// <summary>The words of a plan by id: indications, areas, techniques, ingredients. Cascaded to every page.</summary>
internal sealed class PlanTitles(KnowledgeBase knowledge)
{
    private readonly Dictionary<string, string> titles = knowledge.Indications.Select(row => (row.Id, row.Title))
        .Concat(knowledge.Areas.Select(row => (row.Id, row.Title)))
        .Concat(knowledge.Techniques.Select(row => (row.Id, row.Title)))
        .Concat(knowledge.Alternatives.Select(row => (row.Id, row.Title)))
        .Concat(knowledge.Ingredients.Select(row => (row.Id, row.Title)))
        .DistinctBy(row => row.Id, StringComparer.Ordinal).ToDictionary(row => row.Id, row => row.Title, StringComparer.Ordinal);

    public string Of(string id) => titles.GetValueOrDefault(id, id);
}
