using MesoClinic.Application.Auditing;
using MesoClinic.Application.Waitlist;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Booking;

/// <summary>Every few minutes: provisional bookings and offers that ran out give their time back and it is offered to who waits, and claims of the past and commands of long ago are cleared away.</summary>
public sealed partial class ProvisionalSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ProvisionalSweep> logger) : BackgroundService
{
    /// <summary>How long a command is remembered: a form that is sent again later is taken for a new one.</summary>
    public static readonly TimeSpan CommandsKept = TimeSpan.FromDays(30);
    public const int CommandsAtOnce = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>One round; also what a test calls.</summary>
    public async Task<int> SweepAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, gate, trail) = (scope.ServiceProvider.GetRequiredService<ClinicDbContext>(), scope.ServiceProvider.GetRequiredService<WriteGate>(), scope.ServiceProvider.GetRequiredService<AuditTrail>());
        using var pass = await gate.EnterAsync(token);
        var swept = await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                trail.Forget();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                var released = await scope.ServiceProvider.GetRequiredService<Timetable>().ReleaseExpiredAsync(null, cancellation);
                var offers = scope.ServiceProvider.GetRequiredService<WaitlistOffers>();
                await offers.CloseOldAsync(cancellation);
                foreach (var free in released)
                {
                    await offers.OfferAsync(free, null, cancellation);
                }

                var yesterday = clock.GetUtcNow().UtcDateTime.AddDays(-1);
                await db.SlotClaims.Where(claim => claim.SlotUtc < yesterday).ExecuteDeleteAsync(cancellation);
                await trail.AppendAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return released.Count;
            },
            token);

        // A few at a time: the desk must not wait for it.
        var longAgo = clock.GetUtcNow().UtcDateTime - CommandsKept;
        await db.ProcessedCommands.Where(command => command.AtUtc < longAgo).OrderBy(command => command.AtUtc).Take(CommandsAtOnce).ExecuteDeleteAsync(token);
        return swept;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A database that is away for a while must not end the sweep; messages of the database may hold values.
                Broke(logger, error.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Releasing expired provisional bookings failed with {Error}; it is tried again in five minutes")]
    private static partial void Broke(ILogger logger, string error);
}
