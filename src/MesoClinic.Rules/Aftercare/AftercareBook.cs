using System.Collections.Frozen;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Aftercare;

/// <summary>The aftercare rows and what they refer to, looked up once: build it when the knowledge is loaded and keep it.</summary>
public sealed class AftercareBook
{
    private readonly FrozenDictionary<string, FrozenSet<string>> _areas;
    private readonly FrozenSet<string> _knownCompositions;
    private readonly FrozenDictionary<string, string> _categories;

    public AftercareBook(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        Rows = knowledge.Aftercare;
        Patient = new PatientFactCheck(knowledge);
        _areas = Rows.ToFrozenDictionary(
            row => row.Id,
            row => knowledge.Areas
                .Where(area => row.Areas.Contains(area.Id, StringComparer.Ordinal) || area.Groups.Intersect(row.Areas, StringComparer.Ordinal).Any())
                .Select(area => area.Id)
                .ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        _knownCompositions = knowledge.Ingredients
            .Where(ingredient => ingredient.Status != IngredientStatus.CompositionUnknown)
            .Select(ingredient => ingredient.Id)
            .ToFrozenSet(StringComparer.Ordinal);
        _categories = knowledge.Vocabulary.AftercareCategories.ToFrozenDictionary(category => category.Id, category => category.Title, StringComparer.Ordinal);
    }

    internal IReadOnlyList<AftercareItem> Rows { get; }

    internal PatientFactCheck Patient { get; }

    internal string CategoryTitle(string category) => _categories[category];

    /// <summary>Whether a row is about a session: unrecorded areas and ingredients may be any, and so may an ingredient of unknown composition.</summary>
    internal bool Concerns(AftercareItem row, TreatedSession session) => ConcernsAreas(row, session) && ConcernsIngredients(row, session);

    private bool ConcernsAreas(AftercareItem row, TreatedSession session) =>
        row.Areas.Count == 0 || session.Areas is null or [] || session.Areas.Any(_areas[row.Id].Contains);

    private bool ConcernsIngredients(AftercareItem row, TreatedSession session) =>
        row.Ingredients.Count == 0 || session.Ingredients is null ||
        session.Ingredients.Any(ingredient => row.Ingredients.Contains(ingredient, StringComparer.Ordinal) || !_knownCompositions.Contains(ingredient));
}
