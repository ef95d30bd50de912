using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Sessions that a recall stops: a record in work whose cocktail takes from a recalled lot, and a booked treatment with an ingredient of which nothing usable is left
/// since the recall. Worked out from what is stored now, so it ends by itself when another lot is taken or comes in.
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
    /// <param name="SessionId">The record in work; null = a booked treatment for which nothing else is in stock.</param>
    /// <param name="Product">Product and lot; null for those who may not read the chart.</param>
    /// <param name="Started">The injections have begun.</param>
    public sealed record PlanRow(Guid AppointmentId, Guid? SessionId, Guid PatientId, string Patient, string? Phone, DateTime Start, string Practitioner, Guid LotId, string? Product, string? Number, bool Started);

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
            return all.OrderBy(row => row.Start).Select(row => readable.Contains(row.PatientId) ? row : row with { Product = null, Number = null }).ToList();
        }

        private async Task<List<PlanRow>> InWorkAsync(List<RecalledLot> recalled, CancellationToken token)
        {
            var ids = recalled.ConvertAll(l => l.Id);
            var rows = await (
                from line in db.CocktailLines.AsNoTracking()
                join session in db.Sessions.AsNoTracking() on line.SessionId equals session.Id
                where ids.Contains(line.LotId) && session.SignedUtc == null && session.AbortedUtc == null
                    && (session.StartedUtc != null || session.Appointment!.State == AppointmentState.CheckedIn)
                select new { line.LotId, session.Id, session.PatientId, session.StartedUtc, session.AppointmentId, session.Patient!.GivenName, session.Patient.FamilyName, session.Patient.Phone, session.Appointment!.WallStart, session.Practitioner!.Name })
                .ToListAsync(token);
            return [.. rows.DistinctBy(row => row.Id).Select(row =>
            {
                var lot = recalled.Find(l => l.Id == row.LotId)!;
                return new PlanRow(row.AppointmentId, row.Id, row.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, row.WallStart, row.Name, lot.Id, lot.Product, lot.Number, row.StartedUtc is not null);
            })];
        }

        private async Task<List<PlanRow>> WithoutStockAsync(List<RecalledLot> recalled, CancellationToken token)
        {
            var (today, now) = (await time.TodayAsync(token), time.UtcNow);
            var usable = await db.Products.AsNoTracking().Where(p => p.IsActive && db.Lots.Any(l => l.ProductId == p.Id && l.AmpoulesLeft > 0 && l.ExpiresOn >= today && l.RecalledUtc == null))
                .Select(p => p.Ingredients).ToListAsync(token);
            var there = usable.SelectMany(list => list).Select(i => i.Ingredient).ToHashSet(StringComparer.Ordinal);
            var scarce = recalled.Where(l => l.Ingredients.Exists(i => !there.Contains(i))).ToList();
            if (scarce.Count == 0)
            {
                return [];
            }

            var until = now.AddDays(AheadDays);
            var coming = await db.Appointments.AsNoTracking().Where(Appointment.ComingTreatment(now)).Where(a => a.StartUtc < until)
                .Select(a => new { a.Id, a.PatientId, a.Plan, a.Patient!.GivenName, a.Patient.FamilyName, a.Patient.Phone, a.WallStart, a.Practitioner!.Name }).ToListAsync(token);
            return [.. from a in coming
                       let lot = scarce.Find(l => l.Ingredients.Exists(i => !there.Contains(i) && a.Plan?.Ingredients.Contains(i, StringComparer.Ordinal) == true))
                       where lot is not null
                       select new PlanRow(a.Id, null, a.PatientId, $"{a.GivenName} {a.FamilyName}", a.Phone, a.WallStart, a.Name, lot.Id, lot.Product, lot.Number, false)];
        }

        private sealed record RecalledLot(Guid Id, string Product, string Number, List<string> Ingredients);
    }
}
