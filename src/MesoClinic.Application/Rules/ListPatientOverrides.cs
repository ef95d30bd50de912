using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;

namespace MesoClinic.Application.Rules;

/// <summary>Every override that a physician ever gave for this patient, the oldest first.</summary>
public static class ListPatientOverrides
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<OverrideView>>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, OverrideViews views) : IRequestHandler<Query, Outcome<IReadOnlyList<OverrideView>>>
    {
        public async Task<Outcome<IReadOnlyList<OverrideView>>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, nameof(ListPatientOverrides), token) is { } refusal)
            {
                return refusal;
            }

            return await views.OfAsync(db.Overrides.Where(o => o.PatientId == query.PatientId), null, token);
        }
    }
}
