using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;

namespace MesoClinic.Application.Sessions;

/// <summary>Everything that a patient signed, the newest first.</summary>
public static class ListConsents
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<ConsentDocument>>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ConsentReader reader) : IRequestHandler<Query, Outcome<IReadOnlyList<ConsentDocument>>>
    {
        public async Task<Outcome<IReadOnlyList<ConsentDocument>>> Handle(Query query, CancellationToken token) =>
            await access.ToChartAsync(query.PatientId, "Consents", token) is { } refusal
                ? refusal
                : await reader.OfAsync(db.Consents.Where(c => c.PatientId == query.PatientId), token);
    }
}
