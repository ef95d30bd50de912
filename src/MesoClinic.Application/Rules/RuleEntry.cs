using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>A contraindication, a limit of technique or an incompatible pair, as the rule book shows all three.</summary>
internal sealed record RuleEntry
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required Tier Tier { get; init; }
    public required Decision Action { get; init; }
    public required string Rationale { get; init; }
    public required IReadOnlyList<RuleClause> When { get; init; }

    /// <summary>What makes it weigh more for some patients.</summary>
    public string? Stricter { get; init; }
    public IReadOnlyList<string> Reach { get; init; } = [];
    public string? ClearsWhen { get; init; }

    /// <summary>What to do with an incompatible pair.</summary>
    public string? Advice { get; init; }
    public required OverridePolicy Override { get; init; }
    public IReadOnlyList<string> Alternatives { get; init; } = [];
    public IReadOnlyList<string> AlternativesExcluded { get; init; } = [];
    public IReadOnlyList<string> Conflicts { get; init; } = [];
    public string? Note { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required ReviewStatus ReviewStatus { get; init; }

    public static IEnumerable<RuleEntry> All(RuleBook book) =>
        book.Knowledge.Contraindications.Select(row => Of(row, book))
            .Concat(book.Knowledge.TechniqueRules.Select(row => Of(row, book)))
            .Concat(book.Knowledge.IncompatiblePairs.Select(row => Of(row, book)));

    public static RuleEntry? Find(string? id, RuleBook book) =>
        id is null ? null
        : book.Contraindications.TryGetValue(id, out var contraindication) ? Of(contraindication, book)
        : book.TechniqueRules.TryGetValue(id, out var limit) ? Of(limit, book)
        : book.IncompatiblePairs.TryGetValue(id, out var pair) ? Of(pair, book)
        : null;

    private static RuleEntry Of(Contraindication row, RuleBook book) => new()
    {
        Id = row.Id,
        Title = row.Title,
        Tier = row.Tier,
        Action = row.Action,
        Rationale = row.Rationale,
        When = Clauses(row.Detect, book),
        Reach = RuleWords.Reach(row.Scope, book),
        ClearsWhen = row.ClearsWhen == "n/a" ? null : row.ClearsWhen,
        Override = row.Override,
        Alternatives = row.Alternatives,
        AlternativesExcluded = row.AlternativesExcluded,
        Conflicts = row.Conflicts,
        Note = row.Note,
        Sources = row.Sources,
        ReviewStatus = row.ReviewStatus,
    };

    private static RuleEntry Of(TechniqueRule row, RuleBook book)
    {
        var (tier, policy) = row.Action switch
        {
            Decision.ModifyPlan or Decision.Refuse => (Tier.Absolute, OverridePolicy.None),
            Decision.PhysicianReview => (Tier.Relative, OverridePolicy.PhysicianWithDocumentedReason),
            Decision.Postpone => (Tier.Temporary, OverridePolicy.NoneUntilCleared),
            _ => (Tier.Caution, OverridePolicy.AnyClinician),
        };
        return new RuleEntry
        {
            Id = row.Id,
            Title = row.Title,
            Tier = tier,
            Action = row.Action,
            Rationale = row.Rationale,
            When = Clauses(row.Detect, book),
            ClearsWhen = row.Action == Decision.Postpone ? "the days have passed" : "the plan is changed",
            Override = policy,
            Note = row.Note,
            Sources = row.Sources,
            ReviewStatus = row.ReviewStatus,
        };
    }

    /// <summary>A pair decides through the contraindication that reads pairs of its severity.</summary>
    private static RuleEntry Of(IncompatiblePair row, RuleBook book)
    {
        var deciding = book.Knowledge.Contraindications
            .Where(rule => rule.Detect.Any.Concat(rule.Detect.All).OfType<PlannedPairPredicate>().Any(p => p.MinSeverity <= row.Severity && row.Severity <= p.MaxSeverity))
            .MaxBy(rule => rule.Action) ?? throw new InvalidOperationException($"No contraindication reads pairs of the severity {row.Severity}.");
        return new RuleEntry
        {
            Id = row.Id,
            Title = row.Title,
            Tier = deciding.Tier,
            Action = deciding.Action,
            Rationale = row.Rationale ?? row.Mechanism,
            When = [new RuleClause(RuleClauseKind.All, [RuleWords.Side(row.First, "A planned ingredient", book), RuleWords.Side(row.Second, "Another planned ingredient", book)])],
            Stricter = row.BlocksIfAllergicTo.Count == 0 ? null : $"It blocks the plan of a patient allergic to {RuleWords.Allergens(row.BlocksIfAllergicTo, book)}.",
            Advice = row.Advice,
            Override = deciding.Override,
            Note = row.Note,
            Sources = row.Sources,
            ReviewStatus = row.ReviewStatus,
        };
    }

    private static RuleClause[] Clauses(Condition condition, RuleBook book) =>
    [
        .. new[]
        {
            new RuleClause(condition.Any.Count == 1 ? RuleClauseKind.All : RuleClauseKind.Any, [.. condition.Any.Select(p => RuleWords.Predicate(p, book))]),
            new RuleClause(RuleClauseKind.All, [.. condition.All.Select(p => RuleWords.Predicate(p, book))]),
            new RuleClause(RuleClauseKind.None, [.. condition.None.Select(p => RuleWords.Predicate(p, book))]),
        }.Where(clause => clause.Sentences.Count > 0),
    ];
}

/// <summary>A part of what makes a rule apply; all its parts must hold.</summary>
public sealed record RuleClause(RuleClauseKind Kind, IReadOnlyList<string> Sentences);

public enum RuleClauseKind
{
    /// <summary>At least one of the sentences holds.</summary>
    Any,
    All,
    None,
}
