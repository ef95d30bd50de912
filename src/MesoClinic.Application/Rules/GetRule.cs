using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

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

        /// <summary>Content hash of the row as shown: sent along when it is signed.</summary>
        public required string Hash { get; init; }

        /// <summary>Who has read the rule as it stands and answers for it; null while nobody has.</summary>
        public SignOff? Signature { get; init; }

        /// <summary>The rule was signed before, as it read then.</summary>
        public required bool WasSigned { get; init; }
        public required bool MaySign { get; init; }

        /// <summary>The name under which this person signs.</summary>
        public string? SignsAs { get; init; }
        public required IReadOnlyList<Example> Examples { get; init; }

        /// <summary>No document stands behind it, only general medical knowledge.</summary>
        public required bool RestsOnGeneralKnowledge { get; init; }
    }

    /// <summary>Sources that say different things, and the safer one, which rules.</summary>
    public sealed record Disagreement(string Title, IReadOnlyList<Opinion> Opinions, string Safer);

    public sealed record Opinion(string Source, string Value);

    public sealed record SignOff(string By, DateTime At);

    /// <summary>A worked example of the seeds, which the tests run.</summary>
    public sealed record Example(ExampleOutcome Expect, string Facts);

    internal sealed class Handler(ClinicDbContext db, Physicians physicians, ClinicTime time, CurrentRuleBook books) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            if (RuleEntry.Find(query.Id, book) is not { } rule)
            {
                return new Failure.NotFound();
            }

            var signatures = await db.RuleSignOffs.AsNoTracking().Where(signature => signature.Rule == rule.Id).OrderBy(signature => signature.SignedUtc).ToListAsync(token);
            var me = await physicians.MeAsync(Permission.SignRules, token);
            var current = signatures.FindLast(signature => signature.RuleHash == book.HashOfRule(rule.Id));
            return ViewOf(rule) with
            {
                Signature = current is null ? null : new SignOff(current.SignedName, await time.ToWallAsync(current.SignedUtc, token)),
                WasSigned = current is null && signatures.Count > 0,
                MaySign = me is not null,
                SignsAs = me?.Name,
            };
        }

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
            Override = RuleWords.Override(rule.Override, rule.Action),
            Alternatives = [.. rule.Alternatives.Select(Alternative)],
            AlternativesExcluded = [.. rule.AlternativesExcluded.Select(Alternative)],
            Note = rule.Note,
            Sources = [.. rule.Sources.Select(Source)],
            Disagreements =
            [
                .. books.Book.Knowledge.Conflicts
                    .Where(row => row.Affects.Contains(rule.Id, StringComparer.Ordinal) || rule.Conflicts.Contains(row.Id, StringComparer.Ordinal))
                    .Select(row => new Disagreement(row.Title, [.. row.Values.Select(value => new Opinion(Source(value.Source), value.Value))], row.SaferResolution)),
            ],
            Hash = books.Book.HashOfRule(rule.Id)!,
            WasSigned = false,
            MaySign = false,
            Examples = [.. (books.Book.Contraindications.GetValueOrDefault(rule.Id)?.Examples ?? books.Book.TechniqueRules.GetValueOrDefault(rule.Id)?.Examples ?? [])
                .Select(example => new Example(example.Expect, ExampleWords.Of(example.Request, books.Book)))],
            RestsOnGeneralKnowledge = rule.ReviewStatus == ReviewStatus.GeneralKnowledgeOnly,
        };

        private string Source(string key) => books.Book.Sources.GetValueOrDefault(key)?.Title ?? key;

        private string Alternative(string id) => books.Book.Alternatives.GetValueOrDefault(id)?.Title ?? books.Book.Techniques.GetValueOrDefault(id)?.Title ?? id;
    }
}
