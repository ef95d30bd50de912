using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A request in the making: first anything, then what a rule looks at, then what is not known.</summary>
internal sealed class Draft
{
    private static readonly KnowledgeBase Tables = Shipped.Knowledge;
    private static readonly string[] Lists = ["conditions", "medications", "allergies", "procedures"];

    private readonly Chance chance;
    private readonly FactMaker make;
    private readonly DateOnly day;
    private readonly List<ConditionFact> conditions = [];
    private readonly List<MedicationFact> medications = [];
    private readonly List<string> allergies = [];
    private readonly List<EventFact> events = [];
    private readonly List<string> ingredients = [];
    private readonly Dictionary<string, string?> answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal?> vitals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal?> labs = new(StringComparer.Ordinal);
    private DateOnly? birthDate;
    private int? phototype;
    private TreatmentPlan plan;

    /// <summary>Nobody asked, or so long ago that it does not count.</summary>
    private bool forgotten;

    public Draft(Chance chance)
    {
        this.chance = chance;
        day = chance.Percent(2) ? chance.Either(new DateOnly(2028, 2, 29), DateOnly.MaxValue, DateOnly.MaxValue.AddDays(-20)) : new DateOnly(2026, 1, 1).AddDays(chance.Between(0, 800));
        make = new FactMaker(chance, day);
        birthDate = make.BirthDate(chance.Either(36, 36, 5, 12, 18, 20, 55, 61));
        phototype = chance.Percent(10) ? null : chance.Between(1, 6);
        plan = make.Plan();
    }

    public void AddNoise()
    {
        conditions.AddRange(chance.Some(make.Condition));
        medications.AddRange(chance.Some(make.Medicine));
        allergies.AddRange(chance.Some(make.Allergy));
        events.AddRange(chance.Some(make.Event));
        ingredients.AddRange(chance.Some(make.Ingredient, 6));
        foreach (var question in chance.Some(() => chance.Of(Tables.Questions.Questions), 6))
        {
            answers[question.Id] = make.Answer(question, chance.Of(question.Options));
        }
    }

    public void LeanTowards(Condition rule)
    {
        forgotten = chance.Percent(12);
        if (rule.Any.Count > 0 && !forgotten)
        {
            Lean(chance.Of(rule.Any));
        }
        foreach (var predicate in rule.All.Where(_ => chance.Percent(90)))
        {
            Lean(predicate);
        }
        foreach (var predicate in rule.None.Where(_ => chance.Percent(35)))
        {
            Lean(predicate);
        }
    }

    public AssessmentRequest Finish() => new()
    {
        Date = day,
        Stage = chance.Either(Stage.Booking, Stage.Visit, Stage.Visit, Stage.Start),
        Purpose = chance.Percent(80) ? Purpose.Session : chance.Either(Purpose.AllergyTest, Purpose.Consultation, Purpose.FollowUp),
        HistoryComplete = !forgotten && chance.Percent(75),
        Hemisphere = chance.Either(Hemisphere.North, Hemisphere.South, Hemisphere.Tropics),
        UvIndex = chance.Percent(60) ? null : chance.Either(2.9m, 3m, 8m),
        Patient = new PatientFacts
        {
            BirthDate = chance.Percent(4) ? null : birthDate,
            Sex = chance.Either(Sex.Female, Sex.Female, Sex.Male, Sex.Other, Sex.Unknown),
            Fitzpatrick = phototype,
            WeightKg = chance.Percent(50) ? null : chance.Between(10, 100),
            Conditions = Reviewed(conditions),
            Medications = Reviewed(medications),
            Allergies = Reviewed(allergies),
            Events = Reviewed(events),
            Answers = answers,
            Vitals = vitals,
            Labs = labs,
            IncompleteLists = forgotten ? Lists : chance.Percent(75) ? [] : chance.Some(() => chance.Of(Lists)),
        },
        Plan = plan with { Ingredients = ingredients.Count == 0 && chance.Percent(forgotten ? 70 : 20) ? null : ingredients },
    };

    /// <summary>Now and then a list that nobody took, or that names the same twice.</summary>
    private List<T>? Reviewed<T>(List<T> list)
    {
        if (list.Count > 0 && chance.Percent(8))
        {
            list.Add(chance.Of(list));
        }
        return list.Count == 0 && chance.Percent(40) ? null : list;
    }

    private void Lean(Predicate predicate)
    {
        switch (predicate)
        {
            case Icd10Predicate p:
                conditions.Add(make.Condition(chance.Of(chance.Percent(90) || p.ExcludePrefixes.Count == 0 ? p.Prefixes : p.ExcludePrefixes), p.Statuses));
                break;
            case AnswerPredicate p:
                Ask(p.Question, p.Is);
                break;
            case MedicationPredicate p:
                medications.Add(make.Medicine(p));
                break;
            case MedicationCountPredicate p:
                medications.AddRange(Enumerable.Range(0, p.AtLeast).Select(_ => make.Medicine(new MedicationPredicate { Classes = p.Classes, State = p.State })));
                break;
            case MedicationPairPredicate p:
                medications.AddRange([.. new[] { p.First, p.Second }.Select(c => make.Medicine(new MedicationPredicate { Classes = [c], State = p.State }))]);
                break;
            case AllergyPredicate p:
                allergies.Add(chance.Of(p.Allergens));
                break;
            case AllergyCountPredicate p:
                allergies.AddRange(Enumerable.Range(0, p.AtLeast).Select(_ => make.Allergy()));
                break;
            case EventPredicate p:
                events.Add(make.Event(p));
                break;
            case AgePredicate p:
                birthDate = make.BirthDate(p.Years);
                break;
            case FitzpatrickPredicate p:
                phototype = chance.Percent(20) ? null : p.AtLeast + chance.Between(-1, 1);
                break;
            case VitalPredicate p:
                Measure(vitals, p.Name, p.AtLeast);
                break;
            case LabPredicate p:
                Measure(labs, p.Name, p.AtLeast);
                conditions.Add(make.Condition("E11", []));
                break;
            case UvSeasonPredicate p:
                Ask(p.TravelQuestion, "yes");
                break;
            default:
                LeanPlan(predicate);
                break;
        }
    }

    private void LeanPlan(Predicate predicate)
    {
        switch (predicate)
        {
            case PlannedIngredientPredicate p:
                ingredients.Add(chance.Of([.. p.Ingredients, .. Tables.Ingredients.Where(i => i.Allergens.Concat(i.AllergensPossible).Intersect(p.ContainsAllergens).Any()).Select(i => i.Id)]));
                break;
            case PlannedAllergenPredicate:
                var allergenic = chance.Of([.. Tables.Ingredients.Where(i => i.Allergens.Count + i.AllergensPossible.Count > 0)]);
                ingredients.Add(allergenic.Id);
                allergies.Add(chance.Of([.. allergenic.Allergens, .. allergenic.AllergensPossible]));
                break;
            case PlannedMinAgePredicate:
                ingredients.Add(chance.Of([.. Tables.Ingredients.Where(i => i.MinAgeYears is not null)]).Id);
                birthDate = chance.Percent(30) ? null : make.BirthDate(18);
                break;
            case PlannedStatusPredicate p:
                ingredients.Add(chance.Of([.. Tables.Ingredients.Where(i => p.In.Contains(i.Status))]).Id);
                break;
            case PlannedPairPredicate p:
                var pair = chance.Of([.. Tables.IncompatiblePairs.Where(x => x.Severity >= p.MinSeverity && x.Severity <= p.MaxSeverity && x.First.Ingredients.Count > 0 && (x.Second.AnyOther || x.Second.Ingredients.Count > 0))]);
                ingredients.AddRange([chance.Of(pair.First.Ingredients), pair.Second.AnyOther ? Added() : chance.Of(pair.Second.Ingredients)]);
                plan = plan with { Doses = chance.Percent(40) ? plan.Doses : [.. ingredients.TakeLast(2).Concat(ingredients.TakeLast(chance.Between(0, 2))).Select(id => new Dose(id, null, 1, Product()))] };
                allergies.AddRange(pair.BlocksIfAllergicTo.Where(_ => chance.Percent(20)));
                break;
            case PlannedDuplicatePredicate when chance.Percent(20):
                ingredients.Clear();
                break;
            case PlannedDuplicatePredicate p:
                string[] alike = [.. Tables.Ingredients.Where(i => p.Classes.Contains(i.Class) || p.Ingredients.Contains(i.Id)).Select(i => i.Id)];
                ingredients.AddRange([chance.Of(alike), chance.Of(alike)]);
                plan = plan with { Doses = chance.Percent(50) ? plan.Doses : [.. ingredients.TakeLast(2).Select(id => new Dose(id, chance.Either<decimal?>(null, 5), 1, Product()))] };
                break;
            case PlannedDosePredicate p:
                ingredients.AddRange(p.Ingredients.Where(_ => chance.Percent(60)));
                plan = make.Leaning(plan, p);
                break;
            default:
                plan = make.Leaning(plan, predicate);
                break;
        }
    }

    /// <summary>Often one that only seems to be mixed in.</summary>
    private string Added() => chance.Of([.. Tables.Ingredients.Where(i => chance.Percent(40) || i.Status == IngredientStatus.Excipient || i.Layer == InjectionLayer.Topical)]).Id;

    private string? Product() => chance.Either<string?>(null, "product-1", "product-1", "product-2");

    private void Ask(string id, string wanted) => answers[id] = make.Answer(Tables.Questions.Questions.First(q => q.Id == id), wanted);

    private void Measure(Dictionary<string, decimal?> values, string name, decimal limit)
    {
        if (chance.Percent(80))
        {
            values[name] = chance.Percent(20) ? null : limit + chance.Either(-0.1m, 0, 0.1m);
        }
    }
}
