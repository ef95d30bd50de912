using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// What a signature covers lies in several tables. Every command that writes to one of them holds the record's own row first, until its transaction ends: whoever signs, saves or adds meanwhile waits,
/// and then sees what became of it. A row that changes nothing is updated because both engines lock it so.
/// </summary>
internal static class RecordHold
{
    /// <summary>Must run inside a transaction, before anything of the record is read. A signed record needs no hold: nothing of it changes any more.</summary>
    public static Task HoldAsync(this IQueryable<Session> records, CancellationToken token) =>
        records.Where(s => s.SignedUtc == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.OpenedUtc, x => x.OpenedUtc), token);
}
