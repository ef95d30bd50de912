using System.Runtime.CompilerServices;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>One request made ready to be read: rows looked up, age computed, areas and technique understood.</summary>
internal sealed class Case
{
    private readonly HashSet<string>? areas;
    private readonly Dictionary<(MedicationPredicate, Medicine), Reading> matches = new(ByReference);

    public Case(NaiveBook book, AssessmentRequest request)
    {
        Book = book;
        Request = request;
        Date = request.Date;
        Medicines = request.Patient.Medications?.Select((fact, index) => Medicine.Identify(book, fact, index)).ToArray();
        Ingredients = request.Plan.Ingredients?.Distinct(StringComparer.Ordinal).Select(id => book.Ingredients.GetValueOrDefault(id)).OfType<Ingredient>().ToArray();
        areas = request.Plan.Areas is null ? null : new HashSet<string>(request.Plan.Areas, StringComparer.Ordinal);
        Pairs = PairFinder.Find(this);
    }

    private Case(Case same, DateOnly date)
    {
        Book = same.Book;
        Request = same.Request;
        Date = date;
        Medicines = same.Medicines;
        Ingredients = same.Ingredients;
        areas = same.areas;
        Pairs = same.Pairs;
        matches = same.matches;
    }

    public NaiveBook Book { get; }
    public AssessmentRequest Request { get; }

    /// <summary>The day that is read; in a search for a safe day, not the day asked about.</summary>
    public DateOnly Date { get; }
    public PatientFacts Patient => Request.Patient;
    public TreatmentPlan Plan => Request.Plan;

    /// <summary>Null: the list was never reviewed.</summary>
    public IReadOnlyList<Medicine>? Medicines { get; }

    /// <summary>Null: not planned yet.</summary>
    public IReadOnlyList<Ingredient>? Ingredients { get; }
    public IReadOnlyList<FoundPair> Pairs { get; }

    /// <summary>No needle: a device treatment or one of the alternatives. A plan without a technique is taken to use one.</summary>
    public bool IsNeedleFree => Book.IsNeedleFree(Plan.Technique);

    /// <summary>Age in completed years.</summary>
    public int? Age
    {
        get
        {
            if (Patient.BirthDate is not { } birth)
            {
                return null;
            }
            var years = Date.Year - birth.Year;
            return (Date.Month, Date.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
        }
    }

    /// <summary>The same facts and plan on another day.</summary>
    public Case On(DateOnly date) => new(this, date);

    /// <summary>Whether a predicate means a medicine is the same on every day: looked up once for a search over two years.</summary>
    public Reading Matching(MedicationPredicate predicate, Medicine medicine, Func<Reading> read)
    {
        if (!matches.TryGetValue((predicate, medicine), out var reading))
        {
            reading = read();
            matches.Add((predicate, medicine), reading);
        }
        return reading;
    }

    /// <summary>A measurement that is not given: negative in a complete history, else unknown.</summary>
    public Reading NotGiven(string what) => Request.HistoryComplete ? Reading.No : Reading.Unknown(what);

    /// <summary>What does not stand on a list: not there, unless the list was never given or its review has expired.</summary>
    public Reading NotOn(HistoryList list, bool given)
    {
        var known = given || Request.HistoryComplete;
        return known && !Patient.IncompleteLists.Contains(list.Id) ? Reading.No : Reading.Unknown(list.Field);
    }

    /// <summary>A plan field that is not filled in: at the start it must be known; before, it is simply not decided yet.</summary>
    public Reading NotPlanned(params string[] fields) => Request.Stage == Stage.Start ? Reading.Unknown(fields) : Reading.No;

    /// <summary>Whether something that names areas (none = the whole body) touches the planned ones.</summary>
    public Reading Touches(IReadOnlyList<string>? named, Extent extent)
    {
        if (extent != Extent.TreatedArea || named is null or { Count: 0 })
        {
            return Reading.BareYes;
        }
        if (areas is null)
        {
            return NotPlanned("areas");
        }
        return named.Any(areas.Contains) ? Reading.BareYes : Reading.No;
    }

    /// <summary>Injected for its own sake.</summary>
    public bool IsComponent(Ingredient ingredient) => ingredient switch
    {
        { Status: IngredientStatus.Excipient } => false,
        { Layer: InjectionLayer.Topical } => Plan.Doses?.Any(dose => dose.Ingredient == ingredient.Id) == true,
        _ => true,
    };

    public bool Contains(Ingredient ingredient, string allergen) =>
        ingredient.Allergens.Contains(allergen)
        || (ingredient.AllergensPossible.Contains(allergen) && !Plan.LabelVerifiedFreeOf.Contains(allergen));

    private static readonly EqualityComparer<(MedicationPredicate, Medicine)> ByReference = EqualityComparer<(MedicationPredicate Predicate, Medicine Medicine)>.Create(
        (a, b) => ReferenceEquals(a.Predicate, b.Predicate) && ReferenceEquals(a.Medicine, b.Medicine),
        x => HashCode.Combine(RuntimeHelpers.GetHashCode(x.Predicate), RuntimeHelpers.GetHashCode(x.Medicine)));
}
