using System.Collections.Frozen;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>The rows of the tables as keys: what a named fact means to the rules, found with one look-up. Made once all rules have subscribed.</summary>
internal sealed class Catalogue
{
    public const int NoAlternative = -1;

    private static readonly MedicineKind Nameless = new(null, Keys.None, [], [], [], [], null);

    private readonly Keys keys;
    private readonly Subscriptions subscriptions;
    private readonly FrozenDictionary<string, ulong> areaBits;
    private readonly FrozenDictionary<string, TechniqueFact> techniques;
    private readonly FrozenDictionary<string, PlannedIngredient> ingredients;
    private readonly FrozenDictionary<string, RecordedAllergy> allergies;
    private readonly FrozenDictionary<string, MedicineKind> medicines;
    private readonly FrozenDictionary<string, MedicineKind> medicinesByAtc;
    private readonly FrozenDictionary<int, (int Class, int[] Excluded)[]> classesByPrefix;
    private readonly PatientFactKeys patientKeys;
    private readonly PlanFactKeys planKeys;

    public Catalogue(RuleBook book, Keys keys, Subscriptions subscriptions)
    {
        this.keys = keys;
        this.subscriptions = subscriptions;
        var knowledge = book.Knowledge;
        Pairs = [.. knowledge.IncompatiblePairs.Select(pair => new CompiledPair(pair, keys))];
        areaBits = knowledge.Areas.Take(64).Select((area, index) => KeyValuePair.Create(area.Id, 1UL << index)).ToFrozenDictionary(StringComparer.Ordinal);
        techniques = knowledge.Techniques.Select(t => KeyValuePair.Create(t.Id, TechniqueFact.None with { IsNeedleFree = book.IsNeedleFree(t.Id) }))
            .Concat(knowledge.Alternatives.Select((a, index) => KeyValuePair.Create(a.Id, new TechniqueFact(true, true, index))))
            .ToFrozenDictionary(StringComparer.Ordinal);
        ingredients = knowledge.Ingredients.ToFrozenDictionary(row => row.Id, Compile, StringComparer.Ordinal);
        allergies = knowledge.Allergens.ToFrozenDictionary(
            row => row.Id,
            row => new RecordedAllergy(row.Id, AllergenKey(row.Id), [.. book.ReactsTo(row.Id).Select(AllergenKey).Where(key => key != Keys.None)]),
            StringComparer.Ordinal);
        medicines = knowledge.Medications.ToFrozenDictionary(row => row.Id, row => Compile(row, row.Atc), StringComparer.Ordinal);
        medicinesByAtc = book.MedicationsByAtc.ToFrozenDictionary(row => row.Key, row => Compile(row.Value, [row.Key]), StringComparer.Ordinal);
        classesByPrefix = knowledge.MedicineClasses
            .SelectMany(c => c.AtcPrefixes.Select(prefix => (Prefix: keys.Of(Topic.Atc, prefix), Class: keys.Find(Topic.MedicineClass, c.Id), Excluded: keys.Of(Topic.Atc, c.ExcludeAtcPrefixes))))
            .GroupBy(x => x.Prefix, x => (x.Class, x.Excluded))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        patientKeys = new PatientFactKeys(knowledge, keys, subscriptions);
        planKeys = new PlanFactKeys(keys, subscriptions);
        Calendar = new CalendarFacts(keys, subscriptions);
    }

    public CompiledPair[] Pairs { get; }
    public CalendarFacts Calendar { get; }

    /// <summary>Names that facts use and that no rule need speak of: they get keys before the book is sealed.</summary>
    public static void Register(KnowledgeBase knowledge, Keys keys)
    {
        foreach (var row in knowledge.MedicineClasses)
        {
            keys.Of(Topic.MedicineClass, row.Id);
            keys.Of(Topic.Atc, row.AtcPrefixes.Concat(row.ExcludeAtcPrefixes));
        }
        foreach (var allergen in knowledge.Allergens.SelectMany(a => a.CrossReactsWith.Append(a.Id)).Concat(knowledge.Ingredients.SelectMany(i => i.Allergens.Concat(i.AllergensPossible))))
        {
            keys.Of(Topic.Allergen, allergen);
        }
        foreach (var pair in knowledge.IncompatiblePairs)
        {
            _ = new CompiledPair(pair, keys);
        }
    }

    public int[] KeysOfPatient(ResolvedPatient patient) => patientKeys.Of(patient);

    public int[] KeysOfPlan(Case facts) => planKeys.Of(facts);

    public ulong AreaBit(string area) => areaBits.GetValueOrDefault(area);

    /// <summary>What a plan's technique is. A plan without one is taken to use a needle.</summary>
    public TechniqueFact FindTechnique(string? technique) =>
        technique is null ? TechniqueFact.None : techniques.TryGetValue(technique, out var known) ? known : TechniqueFact.None with { IsKnown = false };

    public int AllergenKey(string allergen) => keys.Find(Topic.Allergen, allergen);

    public int FindEventKind(string kind) => keys.Find(Topic.EventKind, kind);

    public PlannedIngredient? FindIngredient(string id) => ingredients.GetValueOrDefault(id);

    /// <summary>An allergen outside the table reacts with nothing but itself.</summary>
    public RecordedAllergy FindAllergy(string id) => allergies.TryGetValue(id, out var known) ? known : Outside(id, AllergenKey(id));

    public int[] PrefixesOf(string icd10) => PrefixesOf(Topic.Icd10, [icd10]);

    /// <summary>The row decides on the classes; its codes count only where the fact gives none.</summary>
    public MedicineKind FindMedicine(string? id, string? code)
    {
        var row = id is null ? null : medicines.GetValueOrDefault(id);
        if (code is null)
        {
            return row ?? Nameless;
        }
        var byCode = medicinesByAtc.GetValueOrDefault(code);
        return row is null ? byCode ?? Outside(code)
            : byCode is not null && ReferenceEquals(byCode.Row, row.Row) ? byCode
            : Compile(row.Row!, [code]);
    }

    private static RecordedAllergy Outside(string id, int key) => new(id, key, key == Keys.None ? [] : [key]);

    private MedicineKind Outside(string code)
    {
        var prefixes = PrefixesOf(Topic.Atc, [code]);
        var classes = prefixes.Length == 0 ? [] : ClassesBearing(prefixes);
        return new MedicineKind(null, Keys.None, [code], classes, prefixes, prefixes.Length == 0 ? [] : WaitedFor([.. prefixes, .. classes]), null);
    }

    private int[] ClassesBearing(int[] prefixes)
    {
        var found = new KeyBuffer(stackalloc int[16]);
        foreach (var prefix in prefixes)
        {
            foreach (var (id, excluded) in classesByPrefix.TryGetValue(prefix, out var bearing) ? bearing : [])
            {
                if (!found.Found.Contains(id) && !prefixes.Overlaps(excluded))
                {
                    found.Add(id);
                }
            }
        }
        return found.ToArray();
    }

    private MedicineKind Compile(Medication row, IReadOnlyList<string> codes)
    {
        var classes = keys.Of(Topic.MedicineClass, row.Classes);
        var prefixes = PrefixesOf(Topic.Atc, codes);
        var key = keys.Find(Topic.Medication, row.Id);
        return new MedicineKind(row, key, codes, classes, prefixes, WaitedFor([key, .. classes, .. prefixes]), Sentences.Medicine(Sentences.LowerFirst(row.Title), codes));
    }

    private PlannedIngredient Compile(Ingredient row)
    {
        var key = keys.Find(Topic.Ingredient, row.Id);
        int[] facts =
        [
            key,
            .. row.Allergens.Concat(row.AllergensPossible).Select(allergen => keys.Find(Topic.Contains, allergen)),
            .. row.Allergens.Select(allergen => keys.Find(Topic.ContainsForCertain, allergen)),
            keys.Find(Topic.IngredientStatus, row.Status.ToString()),
            row.MinAgeYears is null ? Keys.None : keys.Find(Topic.Other, MinAgeClause.HasMinAge),
        ];
        var (certain, possible) = (keys.Of(Topic.Allergen, row.Allergens), keys.Of(Topic.Allergen, row.AllergensPossible));
        int[] firstOf = [.. Enumerable.Range(0, Pairs.Length).Where(index => Pairs[index].First.MayBe(key, certain, possible))];
        return new PlannedIngredient(row, key, certain, possible, WaitedFor(facts), firstOf);
    }

    private int[] WaitedFor(IEnumerable<int> facts) => [.. facts.Where(subscriptions.Matter).Distinct()];

    private int[] PrefixesOf(Topic topic, IReadOnlyList<string> codes)
    {
        var found = new KeyBuffer(stackalloc int[32]);
        for (var i = 0; i < codes.Count; i++)
        {
            keys.AddPrefixes(topic, codes[i], ref found);
        }
        return found.ToArray();
    }
}
