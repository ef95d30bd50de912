using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>One picture, for the patient and whoever acts for them.</summary>
public static class ReadMyPhoto
{
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid PhotoId) : IQuery<Photo>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, PhotoRules rules) : IRequestHandler<Query, Outcome<Photo>>
    {
        public async Task<Outcome<Photo>> Handle(Query query, CancellationToken token)
        {
            if (await db.Photos.AsNoTracking().SingleOrDefaultAsync(photo => photo.Id == query.PhotoId && photo.RemovedUtc == null, token) is not { } photo)
            {
                return new Failure.NotFound();
            }

            return access.ToOwn(photo.PatientId, nameof(ReadMyPhoto)) is { } refusal ? refusal
                : await rules.MayBeSeenAsync(photo.PatientId, token) ? photo
                : new Failure.NotFound();
        }
    }
}
