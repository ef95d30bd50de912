using MediatR;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>One rule in words: a contraindication (ci-…), a limit of technique (tr-…) or an incompatible pair (ic-…).</summary>
public static class GetRule
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(string Id) : IQuery<View>;

    public sealed record View
    {
        public required string Id { get; init; }
        public required string Title { get; init; }
        public required Tier Tier { get; init; }
        public required Decision Action { get; init; }
        public required string Rationale { get; init; }
        public required IReadOnlyList<RuleClause> When { get; init; }

        /// <summary>What makes it weigh more for some patients.</summary>
        public string? Stricter { get; init; }

        /// <summary>What an unknown fact leads to.</summary>
        public required string WhenUnknown { get; init; }
        public required IReadOnlyList<string> Reach { get; init; }
        public string? ClearsWhen { get; init; }
        public string? Advice { get; init; }
        public required string Override { get; init; }
        public required IReadOnlyList<string> Alternatives { get; init; }
        public required IReadOnlyList<string> AlternativesExcluded { get; init; }
        public string? Note { get; init; }
        public required IReadOnlyList<string> Sources { get; init; }
        public required IReadOnlyList<Disagreement> Disagreements { get; init; }
        public required bool IsSignedOff { get; init; }

        /// <summary>No document stands behind it, only general medical knowledge.</summary>
        public required bool RestsOnGeneralKnowledge { get; init; }
    }

    /// <summary>Sources that say different things, and the safer one, which rules.</summary>
    public sealed record Disagreement(string Title, IReadOnlyList<Opinion> Opinions, string Safer);

    public sealed record Opinion(string Source, string Value);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        public Task<Outcome<View>> Handle(Query query, CancellationToken token) =>
            Task.FromResult<Outcome<View>>(RuleEntry.Find(query.Id, book) is { } rule ? ViewOf(rule) : new Failure.NotFound());

        private View ViewOf(RuleEntry rule) => new()
        {
            Id = rule.Id,
            Title = rule.Title,
            Tier = rule.Tier,
            Action = rule.Action,
            Rationale = rule.Rationale,
            When = rule.When,
            Stricter = rule.Stricter,
            WhenUnknown = rule.Action >= Decision.PhysicianReview || rule.Stricter is not null
                ? "The decision is Incomplete until the fact is known. Unknown is never read as “no”."
                : "The fact is listed as still to ask.",
            Reach = rule.Reach,
            ClearsWhen = rule.ClearsWhen,
            Advice = rule.Advice,
            Override = RuleWords.Override(rule.Override),
            Alternatives = [.. rule.Alternatives.Select(Alternative)],
            AlternativesExcluded = [.. rule.AlternativesExcluded.Select(Alternative)],
            Note = rule.Note,
            Sources = [.. rule.Sources.Select(Source)],
            Disagreements =
            [
                .. book.Knowledge.Conflicts
                    .Where(row => row.Affects.Contains(rule.Id, StringComparer.Ordinal) || rule.Conflicts.Contains(row.Id, StringComparer.Ordinal))
                    .Select(row => new Disagreement(row.Title, [.. row.Values.Select(value => new Opinion(Source(value.Source), value.Value))], row.SaferResolution)),
            ],
            IsSignedOff = rule.ReviewStatus == ReviewStatus.Reviewed,
            RestsOnGeneralKnowledge = rule.ReviewStatus == ReviewStatus.GeneralKnowledgeOnly,
        };

        private string Source(string key) => book.Sources.GetValueOrDefault(key)?.Title ?? key;

        private string Alternative(string id) => book.Alternatives.GetValueOrDefault(id)?.Title ?? book.Techniques.GetValueOrDefault(id)?.Title ?? id;
    }
}
