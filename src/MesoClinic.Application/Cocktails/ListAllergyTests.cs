using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>A patient's allergy tests, newest first.</summary>
public static class ListAllergyTests
{
    [Requires(Permission.OpenCharts)]
    public sealed class Query : IQuery<List<TestRow>>
    {
        public Guid PatientId { get; set; }
    }

    /// <param name="Negative">Null until read.</param>
    public sealed record TestRow(Guid Id, string Ingredient, DateOnly AppliedOn, DateOnly? ReadOn, bool? Negative, string AppliedBy, string? Lot);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access) : IRequestHandler<Query, Outcome<List<TestRow>>>
    {
        public async Task<Outcome<List<TestRow>>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, "Allergy tests", token) is { } refusal)
            {
                return refusal;
            }

            return await db.AllergyTests.AsNoTracking().Where(t => t.PatientId == query.PatientId)
                .OrderByDescending(t => t.AppliedOn).ThenBy(t => t.Ingredient)
                .Select(t => new TestRow(t.Id, t.Ingredient, t.AppliedOn, t.ReadOn, t.Negative, db.Staff.Where(s => s.Id == t.AppliedById).Select(s => s.Name).Single(), db.Lots.Where(l => l.Id == t.LotId).Select(l => l.Product!.Name + ", lot " + l.Number).SingleOrDefault()))
                .ToListAsync(token);
        }
    }
}
