using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>The tables in the words and choices that the recorder shows; made once for each rule book.</summary>
public sealed class SessionKnowledge
{
    public SessionKnowledge(RuleBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        Book = book;
        var knowledge = book.Knowledge;
        Areas = [.. knowledge.Areas.Select(a => new Choice(a.Id, a.Title))];
        Techniques =
        [
            .. knowledge.Techniques.Where(t => t.Kind is TechniqueKind.Injection or TechniqueKind.NonInjection).Select(t => new Choice(t.Id, t.Title)),
            .. knowledge.Alternatives.Where(a => a.Kind is AlternativeKind.Treatment).Select(a => new Choice(a.Id, a.Title)),
        ];
        Indications = [.. knowledge.Indications.Select(i => new Choice(i.Id, i.Title))];
        Before = [.. knowledge.StepsBeforeNeedle];
        After = [.. knowledge.StepsFromNeedle];
        AcuteReactions = [.. EmergencyAct.Of(book).Select(act => act.Id).Concat(Acute).Select(id => knowledge.Complications.Single(row => row.Id == id))];
        LaterReactions = [.. knowledge.Complications.Except(AcuteReactions)];
        Titles = KnowledgeTitles.Empty with
        {
            Rules = book.Contraindications.Values.Select(r => (r.Id, r.Title)).Concat(book.TechniqueRules.Values.Select(r => (r.Id, r.Title))).ToDictionary(r => r.Id, r => r.Title, StringComparer.Ordinal),
            Alternatives = book.Alternatives.Values.ToDictionary(a => a.Id, a => a.Title, StringComparer.Ordinal),
            Questions = book.Questions.Values.ToDictionary(q => q.Id, q => new QuestionTitle(q.Text, Answerer.Clinician), StringComparer.Ordinal)
                .Concat(PlanFields).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            Sources = book.Sources.Values.ToDictionary(s => s.Key, s => s.Title, StringComparer.Ordinal),
        };
    }

    /// <summary>The step of the asepsis chain that is not always wished.</summary>
    public const string CreamStep = "asepsis-04";

    /// <summary>What is seen while the patient lies there, after what the emergency card names; the gravest first.</summary>
    private static readonly string[] Acute =
    [
        "cx-vasovagal", "cx-seizure", "cx-urticaria-angioedema", "cx-sulfite-asthma", "cx-allergic-local", "cx-methaemoglobinaemia", "cx-propylene-glycol-reaction", "cx-chlorhexidine-eye", "cx-nerve-injury",
        "cx-needle-trauma-psych", "cx-haematoma", "cx-bruise", "cx-tenderness", "cx-erythema", "cx-oedema", "cx-itch-burn",
    ];

    public RuleBook Book { get; }
    public IReadOnlyList<Complication> AcuteReactions { get; }
    public IReadOnlyList<Complication> LaterReactions { get; }
    public IReadOnlyList<Choice> Areas { get; }
    public IReadOnlyList<Choice> Techniques { get; }
    public IReadOnlyList<Choice> Indications { get; }
    public IReadOnlyList<AsepsisStep> Before { get; }
    public IReadOnlyList<AsepsisStep> After { get; }
    public KnowledgeTitles Titles { get; }

    private static IEnumerable<KeyValuePair<string, QuestionTitle>> PlanFields => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["indication"] = "Indication",
        ["areas"] = "Treatment areas",
        ["technique"] = "Technique",
        ["administration"] = "By hand or by device",
        ["ingredients"] = "Cocktail: no product yet",
        ["needleOuterDiameterMm"] = "Needle, outer diameter",
        ["volumePerInjectionMl"] = "Volume a point",
        ["volumeTotalMl"] = "Volumes of the cocktail",
        ["injectionSpeed"] = "Injection speed",
        ["ampouleOpenedBefore"] = "New, sealed ampoules: not confirmed",
        ["productTraceable"] = "Lot of each product",
        ["productExpired"] = "Expiry of each product",
        ["asepsisComplete"] = "Steps before the needle: not all done yet",
        ["firstUseOfProduct"] = "First use of a product: known once the cocktail is",
        ["skinTestDocumented"] = "Allergy test: known once the cocktail is",
        ["vitals.temperature_c"] = "Temperature today",
        ["vitals.systolic_mmhg"] = "Blood pressure today, upper value",
        ["vitals.diastolic_mmhg"] = "Blood pressure today, lower value",
        ["doses"] = "Concentration of the anaesthetic",
    }.Select(pair => KeyValuePair.Create(pair.Key, new QuestionTitle(pair.Value, Answerer.Clinician)));

    public string Ingredient(string id) => Book.Ingredients.TryGetValue(id, out var row) ? row.Title : id;

    public string Area(string id) => Book.Areas.TryGetValue(id, out var row) ? row.Title : id;

    /// <summary>One side of an area: "Cheeks, left".</summary>
    public string Side(string area, string side) => side is "left" or "right" ? $"{Area(area)}, {side}" : Area(area);

    public string Technique(string? id) => id is null ? "not chosen" : Book.TitleOf(id);

    public string Indication(string? id) => id is not null && Book.Indications.TryGetValue(id, out var row) ? row.Title : "no indication";

    public string Complication(string id) => Book.Knowledge.Complications.FirstOrDefault(row => row.Id == id)?.Title ?? id;

    public string Allergen(string id) => Book.Allergens.TryGetValue(id, out var row) ? row.Title : id;
}
