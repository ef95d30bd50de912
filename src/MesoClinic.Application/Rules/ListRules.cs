using FluentValidation;
using MediatR;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>The rule book, a page at a time, the gravest decision first.</summary>
public static class ListRules
{
    public const int PageSize = 50;

    [Requires(Permission.ReadRules)]
    public sealed record Query : IQuery<Page>
    {
        /// <summary>Words that must all stand in the title, the id or the conditions: a medicine, an ingredient, an ICD-10 code.</summary>
        public string? Text { get; init; }
        public Tier? Tier { get; init; }
        public int Number { get; init; } = 1;
    }

    /// <param name="Found">How many rules fit the filter.</param>
    /// <param name="Unread">How many rules of the whole book no physician has signed.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Found, int Contraindications, int Limits, int Pairs, int Unread, string RuleBook);

    public sealed record Row(string Id, string Title, Tier Tier, Decision Action, int Sources);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Text).MaximumLength(200).WithMessage("Search by fewer words: at most 200 characters.");
            RuleFor(query => query.Tier).IsInEnum().WithMessage("There is no such tier.");
            RuleFor(query => query.Number).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
        }
    }

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<Page>>
    {
        public Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var all = RuleEntry.All(book).ToList();
            var words = query.Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            var found = all.Where(rule => (query.Tier is null || rule.Tier == query.Tier) && words.All(word => Mentions(rule, word)))
                .OrderByDescending(rule => rule.Action).ThenBy(rule => rule.Title, StringComparer.OrdinalIgnoreCase).ToList();
            return Task.FromResult<Outcome<Page>>(new Page(
                [.. found.Skip((query.Number - 1) * PageSize).Take(PageSize).Select(rule => new Row(rule.Id, rule.Title, rule.Tier, rule.Action, rule.Sources.Count))],
                found.Count,
                book.Contraindications.Count,
                book.TechniqueRules.Count,
                book.IncompatiblePairs.Count,
                all.Count(rule => rule.ReviewStatus != ReviewStatus.Reviewed),
                book.Hash));
        }

        private static bool Mentions(RuleEntry rule, string word) =>
            rule.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
            || rule.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
            || rule.When.Any(clause => clause.Sentences.Any(sentence => sentence.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
