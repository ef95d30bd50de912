using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>What the tables recommend for an indication, and what this patient's age means for it.</summary>
public static class GetProtocol
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId, string Indication) : IQuery<Protocol>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Protocol>>
    {
        public async Task<Outcome<Protocol>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, nameof(GetProtocol), token) is { } refusal)
            {
                return refusal;
            }

            var born = await db.Patients.Where(p => p.Id == query.PatientId).Select(p => p.BirthDate).SingleAsync(token);
            return Protocols.For(book, query.Indication, born, await time.TodayAsync(token)) is { } protocol ? protocol : new Failure.NotFound();
        }
    }
}
