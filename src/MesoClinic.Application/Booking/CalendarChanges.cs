using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Booking;

/// <summary>
/// Tells every open calendar that appointments changed, whoever changed them: another page, another instance of the portal, or the work in the
/// background. It looks once a second, and only while somebody has a calendar open.
/// </summary>
public sealed partial class CalendarChanges(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CalendarChanges> logger) : BackgroundService
{
    /// <summary>As far ahead as a month's page can show.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(GetCalendar.MostDays);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private (int Count, int Versions) seen;

    /// <summary>Raised on any thread, without saying what changed: whoever listens asks again.</summary>
    public event EventHandler? Changed;

    /// <summary>One look; also what a test calls.</summary>
    /// <returns>Whether something had changed since the last look.</returns>
    public async Task<bool> LookAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, until) = (now.AddDays(-1), now + Horizon);
        var versions = await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().Appointments.AsNoTracking()
            .Where(a => a.StartUtc >= from && a.StartUtc < until).Select(a => a.Version).ToListAsync(token);
        var found = (versions.Count, versions.Aggregate(0, (sum, version) => sum ^ version.GetHashCode()));
        if (found == seen)
        {
            return false;
        }

        seen = found;
        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Changed is not null)
                {
                    await LookAsync(stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A database that is away for a while must not end it; messages of the database may hold values.
                Broke(logger, error.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for changed appointments failed with {Error}; it is tried again")]
    private static partial void Broke(ILogger logger, string error);
}
