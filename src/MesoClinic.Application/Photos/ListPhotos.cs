using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>A patient's photos, the oldest first; none while the patient's consent to photographs does not count.</summary>
public static class ListPhotos
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<View>;

    /// <param name="Agreed">The patient's consent to photographs counts today.</param>
    /// <param name="Hidden">How many exist and are not shown because it does not.</param>
    /// <param name="MayAdd">Whoever records sessions.</param>
    /// <param name="MostBytes">The largest file that is taken in.</param>
    public sealed record View(bool Agreed, int Hidden, bool MayAdd, IReadOnlyList<PhotoRow> Photos, IReadOnlyList<RemovedPhoto> Removed, long MostBytes);

    /// <param name="At">On the clinic's wall clock.</param>
    public sealed record RemovedPhoto(DateTime At, string? By, string Reason);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, PhotoRules rules, PhotoLimits limits, CurrentUser user, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, "Photos", token) is { } refusal)
            {
                return refusal;
            }

            var agreed = await rules.MayBeSeenAsync(query.PatientId, token);
            var photos = await PhotoRow.OfAsync(db, time, query.PatientId, token);
            var zone = await time.ZoneAsync(token);
            var removed = await db.Photos.AsNoTracking().Where(p => p.PatientId == query.PatientId && p.RemovedUtc != null).OrderByDescending(p => p.RemovedUtc)
                .Select(p => new { At = p.RemovedUtc!.Value, By = db.Staff.Where(s => s.Id == p.RemovedById).Select(s => s.Name).FirstOrDefault(), Reason = p.RemovedReason! }).ToListAsync(token);
            return new View(
                agreed,
                agreed ? 0 : photos.Count,
                user.May(Permission.RecordSessions),
                agreed ? photos : [],
                removed.ConvertAll(p => new RemovedPhoto(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(p.At, DateTimeKind.Utc), zone), p.By, p.Reason)),
                limits.Bytes);
        }
    }
}
