using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Sessions that a recall stops: a record in work whose cocktail or cream takes from a recalled lot, and a booked treatment for which too little is left since the
/// recall. Worked out from what is stored now, so it ends by itself when another lot is taken or comes in.
/// </summary>
public static class ListRecalledPlans
{
    /// <summary>How far ahead booked treatments are looked at.</summary>
    public const int AheadDays = 60;

    [Requires(Permission.HandleRecalls)]
    public sealed class Query : IQuery<List<PlanRow>>
    {
        /// <summary>Only for this lot; null = for every lot that is recalled.</summary>
        public Guid? LotId { get; set; }
    }

    /// <param name="Start">On the clinic's wall clock.</param>
    /// <param name="SessionId">The record in work; null = a booked treatment for which too little else is in stock.</param>
    /// <param name="Product">Product and lot; null for those who may not read the chart.</param>
    /// <param name="Started">The injections have begun.</param>
    /// <param name="IsCream">It lay on the skin; nothing of it is in the syringe.</param>
    public sealed record PlanRow(Guid AppointmentId, Guid? SessionId, Guid PatientId, string Patient, string? Phone, DateTime Start, string Practitioner, Guid LotId, string? Product, string? Number, bool Started, bool IsCream = false);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, AuditTrail trail) : IRequestHandler<Query, Outcome<List<PlanRow>>>
    {
        public async Task<Outcome<List<PlanRow>>> Handle(Query query, CancellationToken token)
        {
            var recalled = (await db.Lots.AsNoTracking().Where(l => l.RecalledUtc != null && (query.LotId == null || l.Id == query.LotId))
                .Select(l => new { l.Id, l.Product!.Name, l.Number, l.Product.Ingredients }).ToListAsync(token)).ConvertAll(l => new RecalledLot(l.Id, l.Name, l.Number, l.Ingredients.ConvertAll(i => i.Ingredient)));
            if (recalled.Count == 0)
            {
                return new List<PlanRow>();
            }

            var inWork = await InWorkAsync(recalled, token);
            var known = inWork.ConvertAll(row => row.AppointmentId).ToHashSet();
            List<PlanRow> all = [.. inWork, .. (await WithoutStockAsync(recalled, token)).Where(row => !known.Contains(row.AppointmentId))];
            var patients = all.ConvertAll(row => row.PatientId);
            var readable = await access.ReadableChartsAsync(patients, token);
            trail.Listed(nameof(ListRecalledPlans), patients);
            return all.OrderBy(row => row.Start).ThenBy(row => row.IsCream).ThenBy(row => row.Number, StringComparer.Ordinal).Select(row => readable.Contains(row.PatientId) ? row : row with { Product = null, Number = null }).ToList();
        }

        private async Task<List<PlanRow>> InWorkAsync(List<RecalledLot> recalled, CancellationToken token)
        {
            var ids = recalled.ConvertAll(l => l.Id);
            var taken = db.CocktailLines.AsNoTracking().Where(line => line.Mistake == null).Select(line => new { line.LotId, line.SessionId, IsCream = false })
                .Concat(db.Sessions.AsNoTracking().Where(s => s.CreamLotId != null).Select(s => new { LotId = s.CreamLotId!.Value, SessionId = s.Id, IsCream = true }));
            var rows = await (
                from line in taken
                join session in db.Sessions.AsNoTracking() on line.SessionId equals session.Id
                where ids.Contains(line.LotId) && session.SignedUtc == null && session.AbortedUtc == null
                    && (session.StartedUtc != null || session.Appointment!.State == AppointmentState.CheckedIn)
                select new { line.LotId, line.IsCream, session.Id, session.PatientId, session.StartedUtc, session.AppointmentId, session.Patient!.GivenName, session.Patient.FamilyName, session.Patient.Phone, session.Appointment!.WallStart, session.Practitioner!.Name })
                .ToListAsync(token);
            return [.. rows.DistinctBy(row => (row.Id, row.LotId)).Select(row =>
            {
                var lot = recalled.Find(l => l.Id == row.LotId)!;
                return new PlanRow(row.AppointmentId, row.Id, row.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, row.WallStart, row.Name, lot.Id, lot.Product, lot.Number, row.StartedUtc is not null, row.IsCream);
            })];
        }

        /// <summary>Booking by booking, in the order of their days: each takes one ampoule of what it plans from the shelf, until there is none left for the next one.</summary>
        private async Task<List<PlanRow>> WithoutStockAsync(List<RecalledLot> recalled, CancellationToken token)
        {
            var (today, now) = (await time.TodayAsync(token), time.UtcNow);
            var gone = recalled.SelectMany(l => l.Ingredients).ToHashSet(StringComparer.Ordinal);
            var shelf = (await db.Lots.AsNoTracking().Where(l => l.AmpoulesLeft > l.AmpoulesOpen && l.ExpiresOn >= today && l.RecalledUtc == null && l.Product!.IsActive)
                .Select(l => new { l.ExpiresOn, Left = l.AmpoulesLeft - l.AmpoulesOpen, l.Product!.Ingredients }).ToListAsync(token))
                .ConvertAll(l => new ShelfLot(l.ExpiresOn, l.Ingredients.ConvertAll(i => i.Ingredient)) { Left = l.Left });
            var until = now.AddDays(AheadDays);
            var coming = await db.Appointments.AsNoTracking().Where(Appointment.ComingTreatment(now)).Where(a => a.StartUtc < until).OrderBy(a => a.StartUtc).ThenBy(a => a.Id)
                .Select(a => new { a.Id, a.PatientId, a.Plan, a.Patient!.GivenName, a.Patient.FamilyName, a.Patient.Phone, a.WallStart, a.Practitioner!.Name }).ToListAsync(token);
            var rows = new List<PlanRow>();
            foreach (var a in coming)
            {
                var wanted = (a.Plan?.Ingredients ?? []).Where(gone.Contains).ToList();
                if (Take(shelf, wanted, DateOnly.FromDateTime(a.WallStart)) is { } lacking)
                {
                    var lot = recalled.Find(l => l.Ingredients.Contains(lacking, StringComparer.Ordinal))!;
                    rows.Add(new PlanRow(a.Id, null, a.PatientId, $"{a.GivenName} {a.FamilyName}", a.Phone, a.WallStart, a.Name, lot.Id, lot.Product, lot.Number, false));
                }
            }

            return rows;
        }

        /// <summary>Of each ingredient the ampoule that expires first and lasts until that day; an ampoule brings all that it contains.</summary>
        /// <returns>What there is none of: then nothing is taken. Null = everything is there.</returns>
        private static string? Take(List<ShelfLot> shelf, List<string> wanted, DateOnly day)
        {
            var taken = new List<ShelfLot>();
            foreach (var ingredient in wanted.Where(i => !taken.Exists(lot => lot.Ingredients.Contains(i, StringComparer.Ordinal))))
            {
                if (shelf.FindAll(lot => lot.Left > 0 && lot.ExpiresOn >= day && lot.Ingredients.Contains(ingredient, StringComparer.Ordinal)).MinBy(lot => lot.ExpiresOn) is not { } lot)
                {
                    return ingredient;
                }

                taken.Add(lot);
            }

            taken.ForEach(lot => lot.Left--);
            return null;
        }

        private sealed record ShelfLot(DateOnly ExpiresOn, List<string> Ingredients)
        {
            public required int Left { get; set; }
        }

        private sealed record RecalledLot(Guid Id, string Product, string Number, List<string> Ingredients);
    }
}
