using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>One signed consent, to be read or printed by the staff.</summary>
public static class GetConsent
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid ConsentId) : IQuery<ConsentDocument>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ConsentReader reader) : IRequestHandler<Query, Outcome<ConsentDocument>>
    {
        public async Task<Outcome<ConsentDocument>> Handle(Query query, CancellationToken token)
        {
            if (await db.Consents.Where(c => c.Id == query.ConsentId).Select(c => (Guid?)c.PatientId).SingleOrDefaultAsync(token) is not { } patientId)
            {
                return new Failure.NotFound();
            }

            return await access.ToChartAsync(patientId, "Consent", token, query.ConsentId) is { } refusal
                ? refusal
                : await reader.OneAsync(query.ConsentId, token);
        }
    }
}
