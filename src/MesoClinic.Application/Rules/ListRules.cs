using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The rule book, a page at a time: what is left to read first, and of that first what no document stands behind; then the gravest decision first.</summary>
public static class ListRules
{
    public const int PageSize = 50;

    [Requires(Permission.ReadRules)]
    public sealed record Query : IQuery<Page>
    {
        /// <summary>Words that must all stand in the title, the id or the conditions: a medicine, an ingredient, an ICD-10 code.</summary>
        public string? Text { get; init; }
        public Tier? Tier { get; init; }
        /// <summary>Only rules that nobody has signed as they stand, or only signed ones.</summary>
        public bool? IsSigned { get; init; }
        public int Number { get; init; } = 1;
    }

    /// <param name="Found">How many rules fit the filter.</param>
    /// <param name="Unread">How many rules of the whole book no physician has signed as they stand.</param>
    /// <param name="UnreadGeneral">Those of them that rest on general medical knowledge alone.</param>
    /// <param name="NextUnread">The rule to read next.</param>
    public sealed record Page(
        IReadOnlyList<Row> Rows, int Found, int Contraindications, int Limits, int Pairs, int Unread, int UnreadGeneral, string? NextUnread, bool MaySign, string? SignsAs, string RuleBook)
    {
        public int Total => Contraindications + Limits + Pairs;
    }

    /// <param name="Hash">Content hash of the row as listed: sent along when it is signed.</param>
    public sealed record Row(string Id, string Title, Tier Tier, Decision Action, int Sources, bool RestsOnGeneralKnowledge, bool IsSigned, string Hash);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Text).MaximumLength(200).WithMessage("Search by fewer words: at most 200 characters.");
            RuleFor(query => query.Tier).IsInEnum().WithMessage("There is no such tier.");
            RuleFor(query => query.Number).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, Physicians physicians, SignOffs signOffs) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            var signed = await signOffs.SignedRulesAsync(token);
            var me = await physicians.MeAsync(Permission.SignRules, token);
            var all = RuleEntry.All(book).OrderBy(rule => signed.Contains(rule.Id)).ThenByDescending(rule => !signed.Contains(rule.Id) && IsGeneral(rule))
                .ThenByDescending(rule => rule.Action).ThenBy(rule => rule.Title, StringComparer.OrdinalIgnoreCase).ToList();
            var unread = all.FindAll(rule => !signed.Contains(rule.Id));
            var words = query.Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
            var found = all.Where(rule => (query.Tier is null || rule.Tier == query.Tier) && (query.IsSigned is null || signed.Contains(rule.Id) == query.IsSigned) && words.All(word => Mentions(rule, word))).ToList();
            return new Page(
                [
                    .. found.Skip((query.Number - 1) * PageSize).Take(PageSize)
                        .Select(rule => new Row(rule.Id, rule.Title, rule.Tier, rule.Action, rule.Sources.Count, IsGeneral(rule), signed.Contains(rule.Id), book.HashOfRule(rule.Id)!)),
                ],
                found.Count,
                book.Contraindications.Count,
                book.TechniqueRules.Count,
                book.IncompatiblePairs.Count,
                unread.Count,
                unread.Count(IsGeneral),
                unread.FirstOrDefault()?.Id,
                me is not null,
                me?.Name,
                book.Hash);
        }

        private static bool IsGeneral(RuleEntry rule) => rule.ReviewStatus == ReviewStatus.GeneralKnowledgeOnly;

        private static bool Mentions(RuleEntry rule, string word) =>
            rule.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
            || rule.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
            || rule.When.Any(clause => clause.Sentences.Any(sentence => sentence.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
