using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Assessing;

/// <summary>A contraindication or a technique limit, seen by the assessor alike.</summary>
internal sealed class Rule
{
    /// <summary>An allergy test is what these two ask for: they cannot stand in its way.</summary>
    private static readonly string[] NotForAllergyTest = ["ci-skin-test-missing", "ci-no-consultation"];

    private readonly bool notForAllergyTest;

    private Rule(string id, IReadOnlyList<string> alternatives, IReadOnlyList<string> excluded, IReadOnlyList<Alternative> table)
    {
        Id = id;
        Alternatives = alternatives;
        AlternativeIndexes = [.. alternatives.Select(alternative => table.Select(row => row.Id).ToList().IndexOf(alternative))];
        Excluded = Offerable.Bits(Indexes(table, row => excluded.Contains(row.Id, StringComparer.Ordinal)));
        NotOffered = Offerable.Bits(Indexes(table, row => row.NotOfferedWith.Contains(id, StringComparer.Ordinal)));
        notForAllergyTest = NotForAllergyTest.Contains(id, StringComparer.Ordinal);
    }

    public string Id { get; }
    public required Tier Tier { get; init; }
    public required Decision Action { get; init; }
    public required string Title { get; init; }
    public required Formula Formula { get; init; }
    public required string Rationale { get; init; }
    public string? ClearsWhen { get; init; }
    public IReadOnlyList<string> Alternatives { get; }

    /// <summary>The places of its alternatives in the table, in its own order.</summary>
    public int[] AlternativeIndexes { get; }
    /// <summary>Alternatives that nobody may offer when it fires, as bits.</summary>
    public ulong Excluded { get; }

    /// <summary>Alternatives that may not be offered to anybody of whom it says yes, whether or not it applies to the plan; as bits.</summary>
    public ulong NotOffered { get; }
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether the calendar alone can change its answer: wash-outs, events, intervals, seasons.</summary>
    public bool IsDateDriven { get; private init; }

    /// <summary>Ignored for plans without a needle.</summary>
    private bool InjectionOnly { get; init; }

    /// <summary>The request's plan fields that it reads, as <see cref="StartRequirements"/> numbers them.</summary>
    public int PlanFields { get; private init; }

    /// <summary>Whether another treatment of the same areas could change its answer.</summary>
    public bool DependsOnTreatment { get; private init; }

    /// <summary>A rule of weight left unknown makes the decision incomplete; the others are only still to ask.</summary>
    public bool HasWeight => Action >= Decision.PhysicianReview;

    /// <summary>Whether it blocks the plan.</summary>
    public bool Blocks => Action >= Decision.ModifyPlan;

    /// <summary>Whether it stops the treatment of the day, whatever the plan is changed to.</summary>
    public bool StopsTheDay => Action >= Decision.Postpone;

    public Reading Explain(Case facts)
    {
        var truth = Formula.Read(facts);
        List<string> because = [];
        List<string> missing = [];
        if (truth == Truth.Yes)
        {
            Formula.Because(facts, because);
        }
        else if (truth == Truth.Unknown)
        {
            Formula.Missing(facts, missing);
        }
        return new Reading(truth, because, missing);
    }

    /// <summary>Not for plans without a needle when it is about needles, and never for a treatment that it offers itself.</summary>
    public bool AppliesTo(Case facts) => AppliesTo(facts.Plan.Alternative, facts.Plan.IsNeedleFree, facts.Request.Purpose);

    public bool AppliesTo(int alternative, bool isNeedleFree, Purpose purpose) =>
        !(InjectionOnly && isNeedleFree)
        && !(alternative != Catalogue.NoAlternative && AlternativeIndexes.AsSpan().Contains(alternative))
        && !(notForAllergyTest && purpose == Purpose.AllergyTest);

    public static Rule From(Contraindication row, Compiler compiler, IReadOnlyList<Alternative> alternatives)
    {
        var formula = compiler.Compile(row.Detect, row.Scope.Extent);
        var injectionOnly = row.Scope.Techniques.Contains(Scope.Injection, StringComparer.Ordinal);
        return new Rule(row.Id, row.Alternatives, row.AlternativesExcluded, alternatives)
        {
            Tier = row.Tier,
            Action = row.Action,
            Title = row.Title,
            Formula = formula,
            InjectionOnly = injectionOnly,
            Rationale = row.Rationale,
            ClearsWhen = row.ClearsWhen,
            Sources = row.Sources,
            IsDateDriven = formula.Clauses.Any(clause => clause.IsDateDriven),
            DependsOnTreatment = formula.Clauses.Any(clause => clause.DependsOnTreatment),
            PlanFields = StartRequirements.Bits(formula) | (injectionOnly ? StartRequirements.Bits("technique") : 0),
        };
    }

    public static Rule From(TechniqueRule row, Compiler compiler, IReadOnlyList<Alternative> alternatives)
    {
        var formula = compiler.Compile(row.Detect, Extent.Technique);
        return new Rule(row.Id, [], [], alternatives)
        {
            Tier = Tiers.Of(row.Action),
            Action = row.Action,
            Title = row.Title,
            Formula = formula,
            Rationale = row.Rationale,
            Sources = row.Sources,
            IsDateDriven = formula.Clauses.Any(clause => clause.IsDateDriven),
            DependsOnTreatment = formula.Clauses.Any(clause => clause.DependsOnTreatment),
            PlanFields = StartRequirements.Bits(formula),
        };
    }
    private static IEnumerable<int> Indexes(IReadOnlyList<Alternative> table, Func<Alternative, bool> wanted) => Enumerable.Range(0, table.Count).Where(index => wanted(table[index]));
}
