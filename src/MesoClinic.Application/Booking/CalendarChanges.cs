using System.Collections.Concurrent;
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
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<object, (DateOnly From, DateOnly Until)> shown = new();
    private Dictionary<(DateOnly From, DateOnly Until), (int Count, int Versions)> seen = [];

    /// <summary>Raised on any thread, without saying what changed: whoever listens asks again.</summary>
    public event EventHandler? Changed;

    /// <summary>The days that a page shows from now on: it hears of their changes, however far ahead or past they are.</summary>
    /// <param name="until">The first day after them.</param>
    public void Watch(object page, DateOnly from, DateOnly until) => shown[page] = (from, until);

    public void Leave(object page) => shown.TryRemove(page, out _);

    /// <summary>One look; also what a test calls.</summary>
    /// <returns>Whether something had changed since the last look.</returns>
    public async Task<bool> LookAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var found = new Dictionary<(DateOnly From, DateOnly Until), (int Count, int Versions)>();
        foreach (var days in shown.Values.Distinct())
        {
            var (from, until) = (days.From.ToDateTime(TimeOnly.MinValue), days.Until.ToDateTime(TimeOnly.MinValue));
            var versions = await db.Appointments.AsNoTracking().Where(a => a.WallStart >= from && a.WallStart < until).Select(a => a.Version).ToListAsync(token);
            found[days] = (versions.Count, versions.Aggregate(0, (sum, version) => sum ^ version.GetHashCode()));
        }

        // Days that nobody showed at the last look were read by the page itself a moment ago.
        var isNew = found.Any(days => !seen.TryGetValue(days.Key, out var before) || before != days.Value);
        seen = found;
        if (!isNew)
        {
            return false;
        }

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
