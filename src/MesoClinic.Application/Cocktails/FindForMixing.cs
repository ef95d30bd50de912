using System.Globalization;
using FluentValidation;
using MediatR;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>What somebody means who types a product or a lot, or scans a pack: the lot that goes into the syringe, or why none may.</summary>
public static class FindForMixing
{
    private const int Most = 8;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<List<Item>>
    {
        public string Text { get; set => field = value ?? ""; } = "";
    }

    /// <param name="Lot">Null = the product has nothing that could be used.</param>
    /// <param name="Refusal">Why it may not be used; null = it may.</param>
    /// <param name="IsGuess">The code is the plain number of the product: this is its lot that expires first, to be taken only after a look at the pack.</param>
    public sealed record Item(string Product, string Manufacturer, ListLots.LotRow? Lot, string? Refusal, bool IsGuess = false);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Text).MaximumLength(Gs1Label.LongestScan).WithMessage("This is longer than any barcode.");
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<List<Item>>>
    {
        public async Task<Outcome<List<Item>>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            return Gs1Label.Read(query.Text) is { } label ? await OfLabelAsync(label, query.Text.Trim(), today, token) : await OfTextAsync(query.Text.Trim(), today, token);
        }

        private async Task<List<Item>> OfLabelAsync(Gs1Label label, string text, DateOnly today, CancellationToken token)
        {
            if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Gtin == label.Gtin, token) is not { } product)
            {
                // Digits whose last one happens to fit may be a lot's.
                return label.IsBare && await OfTextAsync(text, today, token) is { Count: > 0 } typed ? typed : [new Item($"Barcode {label.Gtin}", "", null, $"No product of the catalogue has the barcode {label.Gtin}. A manager adds it to the product under Lots.")];
            }

            if (label.Lot is null)
            {
                return [label.IsBare
                    ? await FirstOfAsync(product, today, token) with { IsGuess = true }
                    : new Item(product.Name, product.Manufacturer, null, "The lot could not be read; type it from the pack. The scanner may have left out a separator of the code.")];
            }

            var key = Lot.KeyOf(label.Lot);
            if (await db.Lots.AsNoTracking().Include(l => l.Product).SingleOrDefaultAsync(l => l.ProductId == product.Id && l.NumberKey == key, token) is not { } lot)
            {
                var other = await db.Lots.Where(l => l.NumberKey == key).Select(l => l.Product!.Name).FirstOrDefaultAsync(token);
                return [new Item(product.Name, product.Manufacturer, null, other is null ? $"No lot {label.Lot} of {product.Name} is in the clinic's stock. If the pack says another number, type it; else have the delivery entered first." : $"Lot {label.Lot} in stock is {other}, the pack says {product.Name}. Compare the two; do not use it before.")];
            }

            return [label.ExpiresOn is { } expires && expires != lot.ExpiresOn
                ? new Item(product.Name, product.Manufacturer, null, string.Create(CultureInfo.InvariantCulture, $"The pack may be used until {expires:d MMMM yyyy}, lot {lot.Number} in stock until {lot.ExpiresOn:d MMMM yyyy}. Compare both labels; do not use it before."))
                : Judge(lot, today)];
        }

        private async Task<List<Item>> OfTextAsync(string text, DateOnly today, CancellationToken token)
        {
            var key = Lot.KeyOf(text);
            if (key.Length < 2)
            {
                return [];
            }

            // An exact number first: whoever typed all of it means that lot, also when it must not be used.
            var lots = await db.Lots.AsNoTracking().Include(l => l.Product).Where(l => l.NumberKey.Contains(key))
                .OrderBy(l => l.NumberKey != key).ThenBy(l => l.AmpoulesLeft == l.AmpoulesOpen).ThenBy(l => l.ExpiresOn < today).ThenBy(l => l.ExpiresOn).Take(Most).ToListAsync(token);
            var products = await db.Products.AsNoTracking().Where(p => p.IsActive).OrderBy(p => p.Name).ToListAsync(token);
            var items = lots.Where(l => l.NumberKey == key).Select(l => Judge(l, today)).ToList();
            foreach (var product in products.Where(p => Texts(p).Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase))).Take(Most))
            {
                items.Add(await FirstOfAsync(product, today, token));
            }

            items.AddRange(lots.Where(l => l.NumberKey != key).Select(l => Judge(l, today)));
            return [.. items.DistinctBy(item => (item.Product, item.Lot?.Id)).Take(Most)];
        }

        private IEnumerable<string> Texts(Product product) => [product.Name, product.Manufacturer, .. product.Ingredients.Select(i => book.Ingredients.TryGetValue(i.Ingredient, out var known) ? known.Title : i.Ingredient)];

        /// <summary>What expires first goes first.</summary>
        private async Task<Item> FirstOfAsync(Product product, DateOnly today, CancellationToken token)
        {
            if (product.IsCream)
            {
                return new Item(product.Name, product.Manufacturer, null, SessionReview.CreamPlace);
            }

            var lot = await db.Lots.AsNoTracking().Where(l => l.ProductId == product.Id && l.AmpoulesLeft > l.AmpoulesOpen && l.ExpiresOn >= today && l.RecalledUtc == null).OrderBy(l => l.ExpiresOn).ThenBy(l => l.Id).FirstOrDefaultAsync(token);
            return lot is null ? new Item(product.Name, product.Manufacturer, null, $"Nothing of {product.Name} that may be used is in stock.") : new Item(product.Name, product.Manufacturer, ListLots.LotRow.Of(lot, product.Name, product.Manufacturer, today, ListLots.SoonDays), product.IsActive ? null : $"{product.Name} is no longer in the catalogue.");
        }

        private static Item Judge(Lot lot, DateOnly today) => new(
            lot.Product!.Name, lot.Product.Manufacturer, ListLots.LotRow.Of(lot, lot.Product.Name, lot.Product.Manufacturer, today, ListLots.SoonDays),
            SessionReview.WhyNotMixed(lot, today) ?? (lot.AmpoulesFree == 0 ? $"Lot {lot.Number} has no ampoule left in stock." : null));
    }
}
