using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>One lot: its stock and every change of it, and every recall. Whom it reached opens with <see cref="GetRecall"/>.</summary>
public static class GetLot
{
    private const int MostMovements = 200;

    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<View>
    {
        public Guid LotId { get; set; }
    }

    /// <param name="Movements">The newest two hundred, newest first.</param>
    /// <param name="Sessions">Sessions in which it was used: injected, on the skin, or named in an addendum; <paramref name="TestDoses"/> likewise for allergy tests.</param>
    public sealed record View(ListLots.LotRow Lot, IReadOnlyList<ProductIngredient> Ingredients, IReadOnlyList<MovementRow> Movements, int AllMovements, IReadOnlyList<RecallRow> Recalls, int Sessions, int TestDoses);

    /// <param name="At">On the clinic's wall clock.</param>
    public sealed record MovementRow(DateTime At, StockReason Reason, int Change, int Left, DateOnly? ReceivedOn, Guid? SessionId, string? By);

    public sealed record RecallRow(DateTime At, string Reason, string? By, DateTime? LiftedAt, string? LiftReason, string? LiftedBy);

    internal sealed class Handler(ClinicDbContext db, RecallReach reach, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            if (await db.Lots.AsNoTracking().Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == query.LotId, token) is not { Product: { } product } lot)
            {
                return new Failure.NotFound();
            }

            var of = db.StockMovements.AsNoTracking().Where(m => m.LotId == lot.Id);
            var movements = await of.OrderByDescending(m => m.AtUtc).ThenByDescending(m => m.Id).Take(MostMovements)
                .Select(m => new { Movement = m, By = db.Staff.Where(s => s.Id == m.ById).Select(s => s.Name).SingleOrDefault() }).ToListAsync(token);
            var recalls = await db.LotRecalls.AsNoTracking().Where(r => r.LotId == lot.Id).OrderByDescending(r => r.RecalledUtc)
                .Select(r => new { Recall = r, By = db.Staff.Where(s => s.Id == r.RecalledById).Select(s => s.Name).SingleOrDefault(), LiftedBy = db.Staff.Where(s => s.Id == r.LiftedById).Select(s => s.Name).SingleOrDefault() }).ToListAsync(token);
            var zone = await time.ZoneAsync(token);
            return new View(
                ListLots.LotRow.Of(lot, product.Name, product.Manufacturer, await time.TodayAsync(token), ListLots.SoonDays),
                product.Ingredients,
                movements.ConvertAll(m => new MovementRow(Wall(m.Movement.AtUtc), m.Movement.Reason, m.Movement.Change, m.Movement.Left, m.Movement.ReceivedOn, m.Movement.SessionId, m.By)),
                movements.Count < MostMovements ? movements.Count : await of.CountAsync(token),
                recalls.ConvertAll(r => new RecallRow(Wall(r.Recall.RecalledUtc), r.Recall.Reason, r.By, r.Recall.LiftedUtc is { } lifted ? Wall(lifted) : null, r.Recall.LiftReason, r.LiftedBy)),
                await reach.SessionsAsync(lot.Id, token),
                await db.AllergyTests.CountAsync(t => t.LotId == lot.Id, token));

            DateTime Wall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
        }
    }
}
