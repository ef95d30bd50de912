using System.Text.Json;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>
/// The tables and the decision, as simply as they can be said: every rule is read one by one, the safe date is searched day by day, every alternative is
/// assessed in full. It shares records with the rules and nothing else, so the two can only agree by deciding alike.
/// </summary>
internal sealed class NaiveBook
{
    /// <param name="hash">Content hash of the same tables, as the rule book states it.</param>
    public NaiveBook(KnowledgeBase knowledge, string hash)
    {
        Knowledge = knowledge;
        Hash = hash;
        Questions = Index(knowledge.Questions.Questions);
        Alternatives = Index(knowledge.Alternatives);
        Techniques = Index(knowledge.Techniques);
        Indications = Index(knowledge.Indications);
        Areas = Index(knowledge.Areas);
        MedicineClasses = Index(knowledge.MedicineClasses);
        Medications = Index(knowledge.Medications);
        Allergens = Index(knowledge.Allergens);
        Ingredients = Index(knowledge.Ingredients);
        EventKinds = Index(knowledge.Vocabulary.EventKinds);
        Measures = Index(knowledge.Vocabulary.Vitals.Concat(knowledge.Vocabulary.Labs));
        MedicationsByAtc = knowledge.Medications.SelectMany(m => m.Atc.Select(code => (code, m))).DistinctBy(x => x.code).ToDictionary(x => x.code, x => x.m);
        LongestWashoutDays = knowledge.Medications.Select(m => m.WashoutDays ?? 0).Concat(knowledge.MedicineClasses.Select(c => c.DefaultWashoutDays ?? 0)).DefaultIfEmpty().Max();
        Rules = [.. knowledge.Contraindications.Select(Rule.From), .. knowledge.TechniqueRules.Select(Rule.From)];
        rules = Rules.ToDictionary(r => r.Id);
    }

    private readonly Dictionary<string, Rule> rules;

    public KnowledgeBase Knowledge { get; }
    public string Hash { get; }
    public Dictionary<string, Question> Questions { get; }
    public Dictionary<string, Alternative> Alternatives { get; }
    public Dictionary<string, Technique> Techniques { get; }
    public Dictionary<string, Indication> Indications { get; }
    public Dictionary<string, TreatmentArea> Areas { get; }
    public Dictionary<string, MedicineClass> MedicineClasses { get; }
    public Dictionary<string, Medication> Medications { get; }
    public Dictionary<string, Medication> MedicationsByAtc { get; }
    public Dictionary<string, Allergen> Allergens { get; }
    public Dictionary<string, Ingredient> Ingredients { get; }
    public Dictionary<string, Term> EventKinds { get; }
    public Dictionary<string, Measure> Measures { get; }
    public IReadOnlyList<Rule> Rules { get; }
    public int LongestWashoutDays { get; }

    public Assessment Assess(AssessmentRequest request) => NaiveAssessor.Assess(this, request);

    public (Truth Truth, IReadOnlyList<string> Because, IReadOnlyList<string> Missing) Read(string ruleId, AssessmentRequest request)
    {
        var reading = rules[ruleId].Read(new Case(this, request));
        return (reading.Truth, reading.Because, reading.Missing);
    }

    public Rule Find(string ruleId) => rules[ruleId];

    public bool IsNeedleFree(string? technique) =>
        technique is not null
        && (Alternatives.ContainsKey(technique) || (Techniques.TryGetValue(technique, out var row) && row.Kind == TechniqueKind.NonInjection));

    public IReadOnlyList<string> GroupsOf(string area) => Areas.TryGetValue(area, out var row) ? row.Groups : [];

    public IReadOnlyList<string> ReactsTo(string allergen) =>
        Allergens.TryGetValue(allergen, out var row) && row.CrossReactionRule is null ? [allergen, .. row.CrossReactsWith] : [allergen];

    public int? DefaultWashoutDays(IReadOnlyList<string> classes) => classes.Max(c => MedicineClasses[c].DefaultWashoutDays);

    public string StatusInWords(IngredientStatus status)
    {
        var id = JsonSerializer.SerializeToElement(status, RulesJson.Options).GetString();
        return Knowledge.Vocabulary.IngredientStatuses.FirstOrDefault(s => s.Id == id)?.Text ?? id!;
    }

    public string TitleOf(string techniqueOrWord) =>
        Techniques.TryGetValue(techniqueOrWord, out var technique) ? technique.Title
        : Alternatives.TryGetValue(techniqueOrWord, out var alternative) ? alternative.Title
        : techniqueOrWord;

    private static Dictionary<string, T> Index<T>(IEnumerable<T> rows)
        where T : IRow => rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
}
