using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>The lots from which a cocktail is mixed, and the creams before it: what may be used today, what expires first on top of each product.</summary>
public static class ListLots
{
    /// <summary>A lot that expires within so many days is shown as expiring soon.</summary>
    public const int SoonDays = 30;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<List<LotRow>>
    {
        /// <summary>Only what may be used today. A cream of which no tube is left on the list counts: the tube that was emptied lay on the skin of others too.</summary>
        public bool UsableOnly { get; set; }

        /// <summary>Also what could have been used within the last year, whatever became of it since: for what was given on an earlier day.</summary>
        public bool Earlier { get; set; }

        /// <summary>Lots that stand in a record already, whatever their state.</summary>
        public IReadOnlyList<Guid> Also { get; set; } = [];
    }

    /// <param name="AmpoulesLeft">Sealed ones; <paramref name="AmpoulesOpen"/> more are open in sessions that are not signed yet.</param>
    /// <param name="IsCream">A cream for the skin, not for the cocktail; only this list says so.</param>
    /// <param name="IsOffered">Its product is in the catalogue; only this list says when it is not any more.</param>
    public sealed record LotRow(
        Guid Id, Guid ProductId, string Product, string Manufacturer, string Number, DateOnly ExpiresOn, DateOnly ReceivedOn, int AmpoulesReceived, int AmpoulesLeft,
        string? RecallReason, LotState State, Guid Version, int AmpoulesOpen = 0, bool IsCream = false, bool IsOffered = true)
    {
        public bool IsUsable => State is LotState.Usable or LotState.ExpiresSoon;

        internal static LotRow Of(Lot lot, string product, string manufacturer, DateOnly today, int soonDays) => new(
            lot.Id, lot.ProductId, product, manufacturer, lot.Number, lot.ExpiresOn, lot.ReceivedOn, lot.AmpoulesReceived, lot.AmpoulesFree, lot.RecalledUtc is null ? null : lot.RecallReason ?? "",
            lot.RecalledUtc is not null ? LotState.Recalled
                : lot.ExpiresOn < today ? LotState.Expired
                : lot.AmpoulesFree == 0 ? LotState.UsedUp
                : lot.ExpiresOn <= today.AddDays(soonDays) ? LotState.ExpiresSoon
                : LotState.Usable,
            lot.Version, lot.AmpoulesOpen);
    }

    public enum LotState
    {
        Usable,
        ExpiresSoon,
        UsedUp,
        Expired,
        Recalled,
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<List<LotRow>>>
    {
        public async Task<Outcome<List<LotRow>>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            var also = query.Also.Take(100).ToList();
            var earliest = today.AddDays(-ApplyAllergyTest.OldestDays);
            var creams = (await db.Products.AsNoTracking().Select(p => new { p.Id, p.Ingredients }).ToListAsync(token)).FindAll(p => p.Ingredients.Exists(i => i.Ingredient == Session.CreamIngredient)).ConvertAll(p => p.Id);
            var lots = await db.Lots.AsNoTracking()
                .Where(l => !query.UsableOnly || ((l.AmpoulesLeft > l.AmpoulesOpen || creams.Contains(l.ProductId)) && l.ExpiresOn >= today && l.RecalledUtc == null && l.Product!.IsActive)
                    || (query.Earlier && l.ExpiresOn >= earliest) || also.Contains(l.Id))
                .OrderBy(l => l.Product!.Name).ThenBy(l => l.ExpiresOn).ThenBy(l => l.Number)
                .Select(l => new { Lot = l, l.Product!.Name, l.Product.Manufacturer, l.Product.IsActive })
                .ToListAsync(token);
            return lots.ConvertAll(l => LotRow.Of(l.Lot, l.Name, l.Manufacturer, today, SoonDays) with { IsCream = creams.Contains(l.Lot.ProductId), IsOffered = l.IsActive });
        }
    }
}
