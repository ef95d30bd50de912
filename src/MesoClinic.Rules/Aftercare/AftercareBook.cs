using System.Collections.Frozen;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Aftercare;

/// <summary>The aftercare rows and what they refer to, looked up once: build it when the knowledge is loaded and keep it.</summary>
public sealed class AftercareBook
{
    private readonly RuleBook rules;
    private readonly FrozenDictionary<string, FrozenSet<string>> areas;
    private readonly FrozenDictionary<string, string> categories;
    private readonly FrozenDictionary<string, AftercareFacts> facts;

    public AftercareBook(RuleBook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        this.rules = rules;
        var knowledge = rules.Knowledge;
        Rows = knowledge.Aftercare;
        areas = Rows.ToFrozenDictionary(
            row => row.Id,
            row => knowledge.Areas
                .Where(area => row.Areas.Contains(area.Id, StringComparer.Ordinal) || area.Groups.Intersect(row.Areas, StringComparer.Ordinal).Any())
                .Select(area => area.Id)
                .ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        facts = Rows.ToFrozenDictionary(
            row => row.Id,
            row => new AftercareFacts(rules.Compile(row.OnlyFor), rules.Compile(row.NotFor), rules.Compile(row.Variant?.For ?? [])),
            StringComparer.Ordinal);
        categories = knowledge.Vocabulary.AftercareCategories.ToFrozenDictionary(category => category.Id, category => category.Title, StringComparer.Ordinal);
    }

    internal IReadOnlyList<AftercareItem> Rows { get; }

    internal AftercareFacts FactsOf(AftercareItem row) => facts[row.Id];

    internal string CategoryTitle(string category) => categories[category];

    /// <summary>Whether a row is about a session: unrecorded areas and ingredients may be any, and so may an ingredient of unknown composition.</summary>
    internal bool Concerns(AftercareItem row, TreatedSession session) => ConcernsAreas(row, session) && ConcernsIngredients(row, session);

    /// <summary>The patient as of a session. A medicine begun afterwards counts as well: it meets skin that is still healing.</summary>
    internal Case FactsAt(TreatedSession session, PatientFacts patient) => rules.Resolve(new AssessmentRequest
    {
        Date = DateOnly.FromDateTime(session.End.DateTime),
        Patient = patient with { Medications = patient.Medications?.Select(medicine => medicine with { Started = null }).ToList() },
    });

    private bool ConcernsAreas(AftercareItem row, TreatedSession session) =>
        row.Areas.Count == 0 || session.Areas is null or [] || session.Areas.Any(areas[row.Id].Contains);

    private bool ConcernsIngredients(AftercareItem row, TreatedSession session) =>
        row.Ingredients.Count == 0 || session.Ingredients is null ||
        session.Ingredients.Any(ingredient => row.Ingredients.Contains(ingredient, StringComparer.Ordinal) || MayContainAnything(ingredient));

    private bool MayContainAnything(string ingredient) =>
        !rules.Ingredients.TryGetValue(ingredient, out var row) || row.Status == IngredientStatus.CompositionUnknown;
}

/// <summary>The facts about a patient on which a row depends, compiled.</summary>
internal sealed record AftercareFacts(Clause[] OnlyFor, Clause[] NotFor, Clause[] Variant);
