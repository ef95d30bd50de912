using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Photos;

/// <summary>Every hour: deletes files that no record needs. They stay behind when the power fails between file and record, and when a photo is destroyed.</summary>
public sealed partial class PhotoSweep(IServiceScopeFactory scopes, PhotoStore store, TimeProvider clock, ILogger<PhotoSweep> logger) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>One round; also what a test calls. A file that was just written may still get its record.</summary>
    public async Task<int> SweepAsync(DateTime olderThanUtc, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var deleted = 0;
        foreach (var names in store.OlderThan(olderThanUtc).Chunk(AtOnce))
        {
            var needed = await db.Photos.AsNoTracking().Where(photo => names.Contains(photo.File) && photo.Key != "").Select(photo => photo.File).ToListAsync(token);
            foreach (var name in names.Except(needed, StringComparer.Ordinal))
            {
                store.Discard(name);
                deleted++;
            }
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // The files carry the machine's time, whatever the clinic's clock says.
                await SweepAsync(TimeProvider.System.GetUtcNow().UtcDateTime - Interval, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Broke(logger, error.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Clearing away photo files failed with {Error}; it is tried again in an hour")]
    private static partial void Broke(ILogger logger, string error);
}
