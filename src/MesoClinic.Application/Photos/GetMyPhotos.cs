using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;

namespace MesoClinic.Application.Photos;

/// <summary>A patient's own photos. They belong to the record, so the patient sees them like the rest of it.</summary>
public static class GetMyPhotos
{
    /// <param name="PatientId">Null: the person's own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<View>;

    /// <param name="Agreed">The consent to photographs counts today.</param>
    public sealed record View(Guid PatientId, IReadOnlyList<OwnPerson> People, bool Agreed, IReadOnlyList<PhotoRow> Photos);

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, PhotoRules rules, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(GetMyPhotos), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var agreed = await rules.MayBeSeenAsync(id, token);
            return new View(id, await own.OthersAsync(id, token), agreed, agreed ? await PhotoRow.OfAsync(db, time, id, token) : []);
        }
    }
}
