using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Auditing;

/// <summary>Writes what an operation without a transaction of its own has noted: reads, and refusals at the door.</summary>
public sealed class AuditWriter(ClinicDbContext db, AuditTrail trail, WriteGate gate, DiskAlarm alarm)
{
    public async Task WriteAsync(CancellationToken token)
    {
        await trail.ForgetRepeatsAsync(token);
        if (!trail.HasNotes)
        {
            return;
        }

        using var pass = await gate.EnterAsync(token);
        await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                await trail.AppendAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            },
            token);
        alarm.Clear();
        trail.Written();
    }
}
