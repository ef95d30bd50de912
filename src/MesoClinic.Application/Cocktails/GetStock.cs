using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>The lots on the shelf, page by page, found by lot number, product or the code of the pack: what expires first on top.</summary>
public static class GetStock
{
    public const int PageSize = 25;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<Page>
    {
        /// <summary>Part of a lot number, however it is spaced, or of a product's or manufacturer's name; or what a scanner reads off the pack.</summary>
        public string Text { get; set => field = value ?? ""; } = "";
        public StockView Show { get; set; }
        public int SoonDays { get; set; } = ListLots.SoonDays;

        /// <summary>Counted from 1.</summary>
        public int PageNumber { get; set; } = 1;
    }

    public enum StockView
    {
        OnShelf,
        ExpiresSoon,

        /// <summary>Expired with ampoules left: to be thrown away.</summary>
        Expired,
        Recalled,
        UsedUp,
        All,
    }

    /// <param name="Counts">Lots of each view that the text finds.</param>
    public sealed record Page(IReadOnlyList<ListLots.LotRow> Rows, int Total, IReadOnlyDictionary<StockView, int> Counts, DateOnly Today);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).MaximumLength(Gs1Label.LongestScan).WithMessage("Search for fewer letters.");
            RuleFor(q => q.SoonDays).InclusiveBetween(1, 730).WithMessage("Look 1 to 730 days ahead.");
            RuleFor(q => q.PageNumber).InclusiveBetween(1, 100_000).WithMessage("There is no such page.");
            RuleFor(q => q.Show).IsInEnum().WithMessage("Choose one of the views.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            var soon = today.AddDays(query.SoonDays);
            var found = Found(db.Lots.AsNoTracking(), query.Text.Trim());
            var counts = new Dictionary<StockView, int>();
            foreach (var view in Enum.GetValues<StockView>())
            {
                counts[view] = await In(found, view, today, soon).CountAsync(token);
            }

            var shown = In(found, query.Show, today, soon);
            var rows = await (query.Show is StockView.Recalled ? shown.OrderByDescending(l => l.RecalledUtc) : query.Show is StockView.ExpiresSoon or StockView.Expired ? shown.OrderBy(l => l.ExpiresOn) : shown.OrderBy(l => l.Product!.Name))
                .ThenBy(l => l.ExpiresOn).ThenBy(l => l.Id)
                .Skip((query.PageNumber - 1) * PageSize).Take(PageSize)
                .Select(l => new { Lot = l, l.Product!.Name, l.Product.Manufacturer })
                .ToListAsync(token);
            return new Page(rows.ConvertAll(l => ListLots.LotRow.Of(l.Lot, l.Name, l.Manufacturer, today, query.SoonDays)), counts[query.Show], counts, today);
        }

        private static IQueryable<Lot> Found(IQueryable<Lot> lots, string text)
        {
            if (text.Length == 0)
            {
                return lots;
            }

            var (key, like) = (Lot.KeyOf(text), CatalogueSearch.Like(text));
            if (Gs1Label.Read(text) is { } label)
            {
                // Digits whose last one happens to fit may be a lot's.
                var number = Lot.KeyOf(label.Lot ?? "");
                return lots.Where(l => (l.Product!.Gtin == label.Gtin && (number == "" || l.NumberKey == number)) || (label.IsBare && l.NumberKey.Contains(key)));
            }

            return lots.Where(l => (key != "" && l.NumberKey.Contains(key)) || EF.Functions.Like(l.Product!.Name, like, CatalogueSearch.Escape) || EF.Functions.Like(l.Product.Manufacturer, like, CatalogueSearch.Escape));
        }

        private static IQueryable<Lot> In(IQueryable<Lot> lots, StockView view, DateOnly today, DateOnly soon) => view switch
        {
            StockView.OnShelf => lots.Where(l => l.AmpoulesLeft > l.AmpoulesOpen),
            StockView.ExpiresSoon => lots.Where(l => l.AmpoulesLeft > l.AmpoulesOpen && l.RecalledUtc == null && l.ExpiresOn >= today && l.ExpiresOn <= soon),
            StockView.Expired => lots.Where(l => l.AmpoulesLeft > l.AmpoulesOpen && l.ExpiresOn < today),
            StockView.Recalled => lots.Where(l => l.RecalledUtc != null),
            StockView.UsedUp => lots.Where(l => l.AmpoulesLeft == l.AmpoulesOpen),
            _ => lots,
        };
    }
}
