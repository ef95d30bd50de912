using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Deliveries and stock, what expires first on top of each product.</summary>
public static class ListLots
{
    /// <summary>A lot that expires within so many days is shown as expiring soon.</summary>
    public const int SoonDays = 30;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<List<LotRow>>
    {
        /// <summary>Only what may go into a syringe today.</summary>
        public bool UsableOnly { get; set; }
    }

    public sealed record LotRow(
        Guid Id, Guid ProductId, string Product, string Manufacturer, string Number, DateOnly ExpiresOn, DateOnly ReceivedOn, int AmpoulesReceived, int AmpoulesLeft,
        string? RecallReason, LotState State, Guid Version);

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
            var lots = await db.Lots.AsNoTracking()
                .Where(l => !query.UsableOnly || (l.AmpoulesLeft > 0 && l.ExpiresOn >= today && l.RecalledUtc == null && l.Product!.IsActive))
                .OrderBy(l => l.Product!.Name).ThenBy(l => l.ExpiresOn).ThenBy(l => l.Number)
                .Select(l => new { Lot = l, l.Product!.Name, l.Product.Manufacturer })
                .ToListAsync(token);
            return lots.ConvertAll(l => new LotRow(
                l.Lot.Id, l.Lot.ProductId, l.Name, l.Manufacturer, l.Lot.Number, l.Lot.ExpiresOn, l.Lot.ReceivedOn, l.Lot.AmpoulesReceived, l.Lot.AmpoulesLeft,
                l.Lot.RecalledUtc is null ? null : l.Lot.RecallReason ?? "",
                l.Lot.RecalledUtc is not null ? LotState.Recalled
                    : l.Lot.ExpiresOn < today ? LotState.Expired
                    : l.Lot.AmpoulesLeft == 0 ? LotState.UsedUp
                    : l.Lot.ExpiresOn <= today.AddDays(SoonDays) ? LotState.ExpiresSoon
                    : LotState.Usable,
                l.Lot.Version));
        }
    }
}
