using System.Diagnostics;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>Turns each predicate into the clause that reads it.</summary>
internal sealed class Compiler(RuleBook book, Keys keys)
{
    public Formula Compile(Condition condition, Extent extent) => new(Compile(condition.Any, extent), Compile(condition.All, extent), Compile(condition.None, extent));

    public Clause[] Compile(IReadOnlyList<Predicate> predicates, Extent extent) => [.. predicates.Select(predicate => Compile(predicate, extent))];

    private Clause Compile(Predicate predicate, Extent extent) => predicate switch
    {
        Icd10Predicate p => new Icd10Clause(p, extent, keys),
        EventPredicate p => new EventClause(p, extent, keys),
        AllergyPredicate p => new AllergyClause(p, keys),
        AllergyCountPredicate p => new AllergyCountClause(p),
        AnswerPredicate p => Answer(p.Question, p.Is),
        AgePredicate p => new AgeClause(p),
        FitzpatrickPredicate p => new FitzpatrickClause(p),
        VitalPredicate p => Measured(p.Name, p.AtLeast, isVital: true),
        LabPredicate p => Measured(p.Name, p.AtLeast, isVital: false),
        UvSeasonPredicate p => new UvSeasonClause(p, Answer(p.TravelQuestion, "yes")),
        MedicationPredicate p => new MedicationClause(Medicine(p)),
        MedicationCountPredicate p => new MedicationCountClause(Medicine(new MedicationPredicate { Classes = p.Classes, State = p.State }), p.AtLeast),
        MedicationPairPredicate p => new MedicationPairClause(Medicine(OfClass(p.First, p.State)), Medicine(OfClass(p.Second, p.State))),
        PlannedAreaPredicate p => new AreaClause(p, book),
        PlannedIndicationPredicate p => new IndicationClause(p),
        PlanFlagPredicate p => new FlagClause(p),
        PlanNumberPredicate p => new NumberClause(p),
        PlanChoicePredicate p => new ChoiceClause(p),
        PlannedIngredientPredicate p => new IngredientClause(p, keys),
        PlannedAllergenPredicate => new PatientAllergenClause(),
        PlannedMinAgePredicate => new MinAgeClause(),
        PlannedStatusPredicate p => new StatusClause(p),
        PlannedPairPredicate p => new PairClause(p),
        PlannedDuplicatePredicate p => new DuplicateClause(p, book, keys),
        PlannedDosePredicate p => new DoseClause(p, book, keys),
        GivenWithinPredicate p => new GivenWithinClause(p, keys),
        GivenTimesPredicate p => new GivenTimesClause(p, keys),
        _ => throw new UnreachableException($"No clause for {predicate.GetType().Name}."),
    };

    private AnswerClause Answer(string question, string wanted) => new(book.Questions[question], wanted);

    private MeasureClause Measured(string name, decimal atLeast, bool isVital)
    {
        var measure = book.Measures[name];
        return new MeasureClause(measure, atLeast, isVital, measure.OnlyWith is { } concerned ? Compile(concerned, Extent.WholeBody) : null);
    }

    private MedicineMatcher Medicine(MedicationPredicate predicate) => new(predicate, book, keys);

    private static MedicationPredicate OfClass(string id, MedicationState state) => new() { Classes = [id], State = state };
}
