using System.Security.Cryptography;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>Walks the whole trail and tells whether any entry was changed, taken out, put in, moved, or cut off the end.</summary>
public static class VerifyAuditChain
{
    private const int BatchSize = 5000;

    [Requires(Permission.ReadAudit)]
    public sealed record Query : IQuery<Result>;

    /// <param name="Entries">How many entries were found in order.</param>
    /// <param name="BrokenAt">Number of the first entry that is not as it was written; null when all are.</param>
    public sealed record Result(long Entries, long? BrokenAt)
    {
        public bool Holds => BrokenAt is null;
    }

    internal sealed class Handler(AuditVerifier verifier) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token) => await verifier.VerifyAsync(token);
    }

    /// <summary>The walk itself; the command line runs it without a person.</summary>
    public sealed class AuditVerifier(ClinicDbContext db, AuditKey key)
    {
        public async Task<Result> VerifyAsync(CancellationToken token)
        {
            // The head first: what is appended during the walk is not judged.
            var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(token);
            long sequence = 0;
            byte[] hash = [];
            while (true)
            {
                var batch = await db.AuditEntries.AsNoTracking().Where(entry => entry.Sequence > sequence).OrderBy(entry => entry.Sequence).Take(BatchSize).ToListAsync(token);
                foreach (var entry in batch)
                {
                    if (entry.Sequence != sequence + 1 || !CryptographicOperations.FixedTimeEquals(AuditChain.Link(key, hash, entry), entry.Hash))
                    {
                        return new Result(sequence, sequence + 1);
                    }

                    (sequence, hash) = (entry.Sequence, entry.Hash);
                    if (sequence == head?.Sequence && !hash.AsSpan().SequenceEqual(head.Hash))
                    {
                        return new Result(sequence - 1, sequence);
                    }
                }

                if (batch.Count < BatchSize)
                {
                    return head is null || sequence < head.Sequence ? new Result(sequence, sequence + 1) : new Result(sequence, null);
                }
            }
        }
    }
}
