using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The maps of a patient's signed sessions before this one, to compare with; the newest first.</summary>
public static class ListEarlierMaps
{
    /// <summary>So far back one looks while recording; older ones stand in their records.</summary>
    private const int Most = 12;

    [Requires(Permission.OpenCharts)]
    public sealed class Query : IQuery<IReadOnlyList<Map>>
    {
        public Guid SessionId { get; set; }
    }

    /// <param name="On">Day of the session on the clinic's clock.</param>
    public sealed record Map(Guid SessionId, DateOnly On, int Number, string? Technique, IReadOnlyList<TreatedArea> Areas)
    {
        public string? Indication { get; init; }

        /// <summary>Stopped before its end: no pattern for the next one.</summary>
        public bool WasStopped { get; init; }

        /// <summary>How it was done, as far as it was recorded for the whole session: by hand or by device, needle and depth in mm, volume a point in ml, slow or fast.</summary>
        public string? Administration { get; init; }
        public decimal? NeedleOuterDiameterMm { get; init; }
        public decimal? DepthMm { get; init; }
        public decimal? VolumePerInjectionMl { get; init; }
        public string? InjectionSpeed { get; init; }

        public int Points => Areas.Sum(area => area.Sites.Sum(site => site.Points.Count));
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<IReadOnlyList<Map>>>
    {
        public async Task<Outcome<IReadOnlyList<Map>>> Handle(Query query, CancellationToken token)
        {
            if (await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == query.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Earlier session maps", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            var zone = await time.ZoneAsync(token);

            // Which session has points stands inside its areas: read from the newest on until there are enough.
            return await db.Sessions.AsNoTracking().Include(s => s.Areas)
                .Where(s => s.PatientId == session.PatientId && s.Id != session.Id && s.SignedUtc != null && s.StartedUtc != null && s.StartedUtc < (session.StartedUtc ?? time.UtcNow))
                .OrderByDescending(s => s.StartedUtc).AsAsyncEnumerable()
                .Select(MapOf).Where(map => map.Points > 0).Take(Most).ToListAsync(token);

            Map MapOf(Session s) => new(s.Id, DayOf(s), s.Number, s.Technique, s.Areas)
            {
                Indication = s.Indication,
                WasStopped = s.IsAborted,
                Administration = s.Administration,
                NeedleOuterDiameterMm = s.NeedleOuterDiameterMm,
                DepthMm = s.DepthMm,
                VolumePerInjectionMl = s.VolumePerInjectionMl,
                InjectionSpeed = s.InjectionSpeed,
            };

            DateOnly DayOf(Session s) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(s.StartedUtc!.Value, DateTimeKind.Utc), zone));
        }
    }
}
