using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>When signed records and consents were verified last, and which of them are not as they were signed.</summary>
public static class GetRecordCheck
{
    [Requires(Permission.ReadAudit)]
    public sealed record Query : IQuery<View>;

    /// <param name="At">On the clinic's wall clock; null = never yet.</param>
    /// <param name="BrokeOffAt">When a later walk did not come to its end, on the clinic's wall clock.</param>
    public sealed record View(DateTime? At, int Records, int Consents, IReadOnlyList<Guid> ChangedRecords, IReadOnlyList<Guid> ChangedConsents, DateTime? BrokeOffAt)
    {
        public bool Holds => ChangedRecords.Count == 0 && ChangedConsents.Count == 0;
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var last = await db.RecordCheckRuns.AsNoTracking().Where(run => run.Error == null).OrderByDescending(run => run.AtUtc).FirstOrDefaultAsync(token);
            var broken = await db.RecordCheckRuns.AsNoTracking().Where(run => run.Error != null).OrderByDescending(run => run.AtUtc).FirstOrDefaultAsync(token);
            return new View(await WallAsync(last, token), last?.Records ?? 0, last?.Consents ?? 0, last?.ChangedRecords ?? [], last?.ChangedConsents ?? [], await WallAsync(broken, token));
        }

        private async Task<DateTime?> WallAsync(RecordCheckRun? run, CancellationToken token) => run is null ? null : await time.ToWallAsync(run.AtUtc, token);
    }
}
