using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A contraindication or a technique limit, seen by the assessor alike.</summary>
internal sealed record Rule
{
    public required string Id { get; init; }
    public required Tier Tier { get; init; }
    public required Decision Action { get; init; }
    public required string Title { get; init; }
    public required Condition Detect { get; init; }
    public required Extent Extent { get; init; }
    public required bool InjectionOnly { get; init; }
    public required string Rationale { get; init; }
    public string? ClearsWhen { get; init; }
    public IReadOnlyList<string> Alternatives { get; init; } = [];
    public IReadOnlyList<string> AlternativesExcluded { get; init; } = [];
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether the calendar alone can change its answer: wash-outs, events, intervals, seasons.</summary>
    public required bool IsDateDriven { get; init; }

    /// <summary>Names of the request's plan fields that it reads.</summary>
    public required IReadOnlyList<string> PlanFields { get; init; }

    /// <summary>A rule of weight left unknown makes the decision incomplete; the others are only still to ask.</summary>
    public bool HasWeight => Action >= Decision.PhysicianReview;

    /// <summary>Whether it stops the treatment of the day, whatever the plan is changed to.</summary>
    public bool StopsTheDay => Action >= Decision.Postpone;

    public Reading Read(Case facts) => ConditionReader.Read(Detect, Extent, facts);

    /// <summary>Not for plans without a needle when it is about needles, and never for a treatment that it offers itself.</summary>
    public bool AppliesTo(Case facts) =>
        !(InjectionOnly && facts.IsNeedleFree)
        && !(facts.Plan.Technique is { } technique && Alternatives.Contains(technique));

    public static Rule From(Contraindication row)
    {
        var injectionOnly = row.Scope.Techniques.Contains(Scope.Injection);
        return new Rule
        {
            Id = row.Id,
            Tier = row.Tier,
            Action = row.Action,
            Title = row.Title,
            Detect = row.Detect,
            Extent = row.Scope.Extent,
            InjectionOnly = injectionOnly,
            Rationale = row.Rationale,
            ClearsWhen = row.ClearsWhen,
            Alternatives = row.Alternatives,
            AlternativesExcluded = row.AlternativesExcluded,
            Sources = row.Sources,
            IsDateDriven = ReadFields.IsDateDriven(row.Detect),
            PlanFields = [.. injectionOnly ? ["technique"] : Array.Empty<string>(), .. ReadFields.OfPlan(row.Detect, row.Scope.Extent)],
        };
    }

    public static Rule From(TechniqueRule row) => new()
    {
        Id = row.Id,
        Tier = Tiers.Of(row.Action),
        Action = row.Action,
        Title = row.Title,
        Detect = row.Detect,
        Extent = Extent.Technique,
        InjectionOnly = false,
        Rationale = row.Rationale,
        Sources = row.Sources,
        IsDateDriven = ReadFields.IsDateDriven(row.Detect),
        PlanFields = [.. ReadFields.OfPlan(row.Detect, Extent.Technique)],
    };
}
