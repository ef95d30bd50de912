using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>The catalogue page by page: what each product contains for certain, what it may contain, and what its label was checked to be free of.</summary>
public static class FindProducts
{
    public const int PageSize = 20;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<Page>
    {
        /// <summary>Part of a name, a manufacturer, an ingredient or an allergen, or a barcode.</summary>
        public string Text { get; set => field = value ?? ""; } = "";

        /// <summary>Counted from 1.</summary>
        public int PageNumber { get; set; } = 1;
    }

    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    /// <param name="Contains">Allergens (alg-…) that an ingredient is; <paramref name="MayContain"/> those that some such products contain and that nobody has checked yet.</param>
    /// <param name="AmpoulesLeft">Usable today.</param>
    public sealed record Row(ListProducts.ProductRow Product, IReadOnlyList<string> Contains, IReadOnlyList<string> MayContain, int AmpoulesLeft);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).MaximumLength(Limits.Name).WithMessage("Search for fewer letters.");
            RuleFor(q => q.PageNumber).InclusiveBetween(1, 100_000).WithMessage("There is no such page.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            // Ingredients lie in a JSON column: a clinic's catalogue is some hundred rows, and the titles of its contents are in the tables.
            var products = await db.Products.AsNoTracking().OrderByDescending(p => p.IsActive).ThenBy(p => p.Name)
                .Select(p => new ListProducts.ProductRow(p.Id, p.Name, p.Manufacturer, p.Ingredients, p.LabelFreeOf, p.CompositionVerified, p.IsActive, p.Version, p.Gtin, p.AmpouleMl)).ToListAsync(token);
            var text = query.Text.Trim();
            var rows = products.Select(Describe).Where(row => text.Length == 0 || Texts(row).Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase))).ToList();
            var shown = rows.Skip((query.PageNumber - 1) * PageSize).Take(PageSize).ToList();
            var (ids, today) = (shown.ConvertAll(row => row.Product.Id), await time.TodayAsync(token));
            var left = await db.Lots.Where(l => ids.Contains(l.ProductId) && l.AmpoulesLeft > l.AmpoulesOpen && l.ExpiresOn >= today && l.RecalledUtc == null)
                .GroupBy(l => l.ProductId).Select(group => new { group.Key, Left = group.Sum(l => l.AmpoulesLeft - l.AmpoulesOpen) }).ToDictionaryAsync(group => group.Key, group => group.Left, token);
            return new Page(shown.ConvertAll(row => row with { AmpoulesLeft = left.GetValueOrDefault(row.Product.Id) }), rows.Count);
        }

        private Row Describe(ListProducts.ProductRow product)
        {
            var known = product.Ingredients.Select(i => book.Ingredients.GetValueOrDefault(i.Ingredient)).OfType<MesoClinic.Rules.Knowledge.Ingredient>().ToList();
            List<string> contains = [.. known.SelectMany(i => i.Allergens).Distinct(StringComparer.Ordinal)];
            return new Row(product, contains, [.. known.SelectMany(i => i.AllergensPossible).Distinct(StringComparer.Ordinal).Except(contains, StringComparer.Ordinal).Except(product.LabelFreeOf, StringComparer.Ordinal)], 0);
        }

        private IEnumerable<string> Texts(Row row) =>
        [
            row.Product.Name, row.Product.Manufacturer, row.Product.Gtin ?? "",
            .. row.Product.Ingredients.Select(i => book.Ingredients.TryGetValue(i.Ingredient, out var known) ? known.Title : i.Ingredient),
            .. row.Contains.Concat(row.MayContain).Select(id => book.Allergens.TryGetValue(id, out var known) ? known.Title : id),
        ];
    }
}
