using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>A trail of the made-up year, chained like any other.</summary>
internal static class DemoAudit
{
    public static IEnumerable<AuditEntry> EntriesOf(IEnumerable<DemoDeed> deeds, AuditKey key)
    {
        byte[] hash = [];
        long sequence = 0;
        foreach (var deed in deeds.OrderBy(deed => deed.AtUtc))
        {
            sequence++;
            var outcome = deed.RecordId is null ? "Read" : "Done";
            hash = AuditChain.Link(key, hash, sequence, deed.AtUtc, deed.UserId, deed.Action, outcome, deed.PatientId, deed.RecordId, null, "demo", null);
            yield return new AuditEntry
            {
                Sequence = sequence,
                AtUtc = deed.AtUtc,
                UserId = deed.UserId,
                Action = deed.Action,
                Outcome = outcome,
                PatientId = deed.PatientId,
                RecordId = deed.RecordId,
                Correlation = "demo",
                Hash = hash,
            };
        }
    }

    public static async Task SealAsync(ClinicDbContext db, CancellationToken token)
    {
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Sequence).FirstAsync(token);
        await db.AuditHeads.ExecuteUpdateAsync(head => head.SetProperty(h => h.Sequence, last.Sequence).SetProperty(h => h.Hash, last.Hash), token);
    }
}
