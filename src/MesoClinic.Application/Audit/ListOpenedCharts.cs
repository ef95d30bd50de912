using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>Charts that were opened with a reason by somebody who does not treat the patient; the manager looks through them.</summary>
public static class ListOpenedCharts
{
    public const int PageSize = 50;

    [Requires(Permission.ReadAudit)]
    public sealed record Query(int Number = 1) : IQuery<Page>;

    public sealed record Page(IReadOnlyList<Opened> Charts, long Total);

    public sealed record Opened(DateTime At, string Person, Guid PatientId, string Patient, string Reason);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var rows = await db.ReasonedAccesses.AsNoTracking().OrderByDescending(access => access.OpenedUtc).ThenBy(access => access.Id)
                .Skip((Math.Max(1, query.Number) - 1) * PageSize).Take(PageSize)
                .Select(access => new
                {
                    access.OpenedUtc, access.PatientId, access.Reason,
                    Person = db.Staff.Where(staff => staff.Id == access.StaffMemberId).Select(staff => staff.Name).First(),
                    Patient = db.Patients.Where(patient => patient.Id == access.PatientId).Select(patient => patient.GivenName + " " + patient.FamilyName).First(),
                })
                .ToListAsync(token);
            var zone = await time.ZoneAsync(token);
            return new Page(
                rows.ConvertAll(row => new Opened(TimeZoneInfo.ConvertTimeFromUtc(row.OpenedUtc, zone), row.Person, row.PatientId, row.Patient, row.Reason)),
                await db.ReasonedAccesses.LongCountAsync(token));
        }
    }
}
