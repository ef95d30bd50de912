using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Tells every open recorder that a lot was recalled, or a recall taken back, whoever did it and on whichever instance of the portal. It looks every two seconds, and only while somebody listens.
/// </summary>
public sealed partial class RecallNews(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecallNews> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private HashSet<Guid>? seen;

    /// <summary>Raised on any thread, without saying which lot: whoever listens asks again.</summary>
    public event EventHandler? Changed;

    /// <summary>One look; also what a test calls.</summary>
    /// <returns>Whether the recalls that stand are others than at the last look, or this was the first one.</returns>
    public async Task<bool> LookAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var standing = (await db.LotRecalls.AsNoTracking().Where(r => r.LiftedUtc == null).Select(r => r.Id).ToListAsync(token)).ToHashSet();
        var before = Interlocked.Exchange(ref seen, standing);
        if (before?.SetEquals(standing) == true)
        {
            return false;
        }

        // At the first look nobody knows what was recalled since the listener read the stock.

        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Changed is null)
            {
                // Whoever listens next has read the stock a moment ago.
                seen = null;
                continue;
            }

            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A database that is away for a while must not end it; messages of the database may hold values.
                Broke(logger, error.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for recalled lots failed with {Error}; it is tried again")]
    private static partial void Broke(ILogger logger, string error);
}
