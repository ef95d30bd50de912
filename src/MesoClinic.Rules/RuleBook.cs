using System.Collections.Frozen;
using System.Text.Json;
using MesoClinic.Rules.Assessing;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules;

/// <summary>The knowledge made ready to decide. Immutable, safe to share between threads; built once for each version of the tables.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, string[]> reactsTo;
    private readonly FrozenDictionary<string, Rule> rules;
    private readonly Compiler compiler;
    private readonly Lazy<FrozenDictionary<string, string>> rowHashes;

    /// <param name="knowledge">Tables whose references hold (the loader checks them).</param>
    public RuleBook(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(knowledge.Alternatives.Count, Offerable.Most, nameof(knowledge));
        Knowledge = knowledge;
        Hash = HashOf(knowledge);
        rowHashes = new Lazy<FrozenDictionary<string, string>>(() => knowledge.Contraindications.Select(row => (row.Id, HashOf(row)))
            .Concat(knowledge.TechniqueRules.Select(row => (row.Id, HashOf(row)))).Concat(knowledge.IncompatiblePairs.Select(row => (row.Id, HashOf(row))))
            .ToFrozenDictionary(row => row.Id, row => row.Item2, StringComparer.Ordinal));
        Sources = Index(knowledge.Sources);
        Questions = Index(knowledge.Questions.Questions);
        Contraindications = Index(knowledge.Contraindications);
        TechniqueRules = Index(knowledge.TechniqueRules);
        IncompatiblePairs = Index(knowledge.IncompatiblePairs);
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
        MedicationsByAtc = knowledge.Medications.SelectMany(m => m.Atc.Select(code => (code, m))).DistinctBy(x => x.code, StringComparer.Ordinal)
            .ToFrozenDictionary(x => x.code, x => x.m, StringComparer.Ordinal);
        LongestWashoutDays = knowledge.Medications.Select(m => m.WashoutDays ?? 0).Concat(knowledge.MedicineClasses.Select(c => c.DefaultWashoutDays ?? 0)).DefaultIfEmpty().Max();
        reactsTo = knowledge.Allergens.ToFrozenDictionary(a => a.Id, a => a.CrossReactionRule is null ? [a.Id, .. a.CrossReactsWith] : new[] { a.Id }, StringComparer.Ordinal);

        var keys = new Keys();
        compiler = new Compiler(this, keys);
        Rules = [.. knowledge.Contraindications.Select(row => Rule.From(row, compiler, knowledge.Alternatives)), .. knowledge.TechniqueRules.Select(row => Rule.From(row, compiler, knowledge.Alternatives))];
        rules = Rules.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        Offerables = [.. knowledge.Alternatives.Select((alternative, index) => new Offerable(alternative, index, Rules))];
        foreach (var row in knowledge.Aftercare)
        {
            _ = Compile([.. row.OnlyFor, .. row.NotFor, .. row.Variant?.For ?? []]);
        }
        Catalogue.Register(knowledge, keys);
        Subscriptions = Subscribe(Rules, keys);
        WokenByCalendar = [.. Enumerable.Range(0, Rules.Length).Where(rule => Rules[rule].Formula.WaitsForTheCalendar)];
        Catalogue = new Catalogue(this, keys, Subscriptions);
        StartRequirements = new StartRequirements(Rules, knowledge.Alternatives.Count);
        Clear = new Assessment(Decision.Allow, null, [], [], [], [], Hash);
    }

    public KnowledgeBase Knowledge { get; }

    /// <summary>"sha256:" and the hash of the whole content: two books with the same hash decide alike.</summary>
    public string Hash { get; }
    public FrozenDictionary<string, Source> Sources { get; }
    public FrozenDictionary<string, Question> Questions { get; }
    public FrozenDictionary<string, Contraindication> Contraindications { get; }
    public FrozenDictionary<string, TechniqueRule> TechniqueRules { get; }
    public FrozenDictionary<string, IncompatiblePair> IncompatiblePairs { get; }
    public FrozenDictionary<string, Alternative> Alternatives { get; }
    public FrozenDictionary<string, Technique> Techniques { get; }
    public FrozenDictionary<string, Indication> Indications { get; }
    public FrozenDictionary<string, TreatmentArea> Areas { get; }
    public FrozenDictionary<string, MedicineClass> MedicineClasses { get; }
    public FrozenDictionary<string, Medication> Medications { get; }
    public FrozenDictionary<string, Medication> MedicationsByAtc { get; }
    public FrozenDictionary<string, Allergen> Allergens { get; }
    public FrozenDictionary<string, Ingredient> Ingredients { get; }
    public FrozenDictionary<string, Term> EventKinds { get; }

    /// <summary>Vitals and labs by name.</summary>
    public FrozenDictionary<string, Measure> Measures { get; }

    /// <summary>Contraindications, then technique limits; a rule is known by its place.</summary>
    internal Rule[] Rules { get; }

    /// <summary>The alternatives, each at its place in the table.</summary>
    internal Offerable[] Offerables { get; }

    internal Subscriptions Subscriptions { get; }

    /// <summary>Rules that the passing of days alone can wake.</summary>
    internal int[] WokenByCalendar { get; }
    internal Catalogue Catalogue { get; }
    internal StartRequirements StartRequirements { get; }

    /// <summary>What is said of everybody against whom nothing speaks.</summary>
    internal Assessment Clear { get; }
    internal int LongestWashoutDays { get; }

    /// <summary>Assesses one plan for one patient on one day. Pure: the same request always gets the same answer.</summary>
    public Assessment Assess(AssessmentRequest request) => Assess(Resolve(request));

    /// <summary>Assesses a case that was made ready before. Where nothing speaks against the plan and nothing is unknown it costs no memory.</summary>
    /// <exception cref="ArgumentException">The case was made for another book: its facts may mean something else in this one.</exception>
    public Assessment Assess(Case facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return ReferenceEquals(facts.Book, this) ? Assessor.Assess(facts) : throw new ArgumentException("The case was resolved by another rule book.", nameof(facts));
    }

    /// <summary>Makes a request ready to be assessed, on its own day or on others.</summary>
    public Case Resolve(AssessmentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Case(this, request);
    }

    /// <summary>What one rule (ci-… or tr-…) comes to for a request, whether or not the plan's purpose asks for it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such rule.</exception>
    public Reading Read(string ruleId, AssessmentRequest request) => rules[ruleId].Explain(Resolve(request));

    /// <summary>Whether a technique or alternative works without a needle. Unknown or not planned: no.</summary>
    public bool IsNeedleFree(string? technique) =>
        technique is not null
        && (Alternatives.ContainsKey(technique) || (Techniques.TryGetValue(technique, out var row) && row.Kind == TechniqueKind.NonInjection));

    /// <summary>Content hash of one row (ci-…, tr-…, ic-…), "sha256:…": what a physician signs, and what an override answers. Null when there is no such rule.</summary>
    public string? HashOfRule(string ruleId) => rowHashes.Value.GetValueOrDefault(ruleId);

    /// <summary>The same for all rules, by id.</summary>
    public IReadOnlyDictionary<string, string> RuleHashes => rowHashes.Value;

    internal IReadOnlyList<string> GroupsOf(string area) => Areas.TryGetValue(area, out var row) ? row.Groups : [];

    /// <summary>The allergen itself and what it cross-reacts with.</summary>
    internal IReadOnlyList<string> ReactsTo(string allergen) => reactsTo.TryGetValue(allergen, out var all) ? all : [allergen];

    /// <summary>The longest default of these classes; null when none is established.</summary>
    internal int? DefaultWashoutDays(IReadOnlyList<string> classes) => classes.Max(c => MedicineClasses[c].DefaultWashoutDays);

    internal string StatusInWords(IngredientStatus status)
    {
        var id = JsonSerializer.SerializeToElement(status, RulesJson.Options).GetString();
        return Knowledge.Vocabulary.IngredientStatuses.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal))?.Text ?? id!;
    }

    /// <summary>The title of a technique or alternative; another word as it stands.</summary>
    public string TitleOf(string techniqueOrWord) =>
        Techniques.TryGetValue(techniqueOrWord, out var technique) ? technique.Title
        : Alternatives.TryGetValue(techniqueOrWord, out var alternative) ? alternative.Title
        : techniqueOrWord;

    /// <summary>Key of an allergen; none for one of which the tables do not speak.</summary>
    internal int AllergenKey(string allergen) => Catalogue.AllergenKey(allergen);

    /// <summary>Facts about a patient, outside any rule. Only of predicates that stand in the tables.</summary>
    internal Clause[] Compile(IReadOnlyList<Predicate> predicates) => compiler.Compile(predicates, Extent.WholeBody);

    private static Subscriptions Subscribe(Rule[] rules, Keys keys)
    {
        var subscriptions = new Subscriptions(keys);
        for (var rule = 0; rule < rules.Length; rule++)
        {
            rules[rule].Formula.Subscribe(new Subscriber(rule, keys, subscriptions));
        }
        subscriptions.Seal();
        return subscriptions;
    }

    private static FrozenDictionary<string, T> Index<T>(IEnumerable<T> rows)
        where T : IRow => rows.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);

    private static string HashOf<T>(T content) =>
        ContentHash.Tagged(JsonSerializer.SerializeToUtf8Bytes(content, RulesJson.Options));
}
