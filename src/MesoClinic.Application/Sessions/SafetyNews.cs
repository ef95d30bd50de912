using System.Collections.Immutable;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// Tells every open recorder that a lot was recalled, a recall taken back, a consent withdrawn, the chart of one of its patients changed, a test read, an override given or taken back, whoever did it and on whichever instance of the portal. It looks every two seconds, and only while
/// somebody listens.
/// </summary>
public sealed partial class SafetyNews(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SafetyNews> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Far longer than a session, and than the clocks of two servers differ.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);
    private ImmutableList<Guid> watched = [];
    private Seen? seen;

    /// <summary>Raised on any thread, without saying which lot, whose consent or chart: whoever listens asks again.</summary>
    public event EventHandler? Changed;

    /// <summary>Every change of this patient's profile, allergy tests and overrides is told too, until it is disposed of.</summary>
    public IDisposable Watch(Guid patient)
    {
        ImmutableInterlocked.Update(ref watched, list => list.Add(patient));
        return new Watching(this, patient);
    }

    /// <summary>One look; also what a test calls.</summary>
    /// <returns>Whether the recalls that stand, the consents lately withdrawn or the watched charts are others than at the last look, or this was the first one.</returns>
    public async Task<bool> LookAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var standing = (await db.LotRecalls.AsNoTracking().Where(r => r.LiftedUtc == null).Select(r => r.Id).ToListAsync(token)).ToHashSet();
        var since = clock.GetUtcNow().UtcDateTime - Lately;
        standing.UnionWith(await db.Consents.AsNoTracking().Where(c => c.WithdrawnUtc > since).Select(c => c.Id).ToListAsync(token));
        var patients = watched;
        var charts = patients.IsEmpty ? [] : await ChartsAsync(db, patients, token);
        var before = Interlocked.Exchange(ref seen, new Seen(standing, charts));
        if (before is not null && before.Standing.SetEquals(standing) && charts.IsSubsetOf(before.Charts))
        {
            return false;
        }

        // At the first look nobody knows what happened since the listener read stock and consents.
        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    private static async Task<HashSet<(Guid, bool)>> ChartsAsync(ClinicDbContext db, ImmutableList<Guid> patients, CancellationToken token)
    {
        var versions = await db.Patients.Where(p => patients.Contains(p.Id)).Select(p => p.Version)
            .Concat(db.AllergyTests.Where(test => patients.Contains(test.PatientId)).Select(test => test.Version)).ToListAsync(token);
        var overrides = await db.Overrides.AsNoTracking().Where(o => patients.Contains(o.PatientId)).Select(o => new { o.Id, IsWithdrawn = o.WithdrawnUtc != null }).ToListAsync(token);
        return [.. versions.Select(version => (version, false)), .. overrides.Select(o => (o.Id, o.IsWithdrawn))];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Changed is null)
            {
                // Whoever listens next has read stock and consents a moment ago.
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

    /// <param name="Charts">Of the watched patients the versions of chart and allergy tests, where each save gives another, and their overrides, each with whether it was taken back.</param>
    private sealed record Seen(HashSet<Guid> Standing, HashSet<(Guid, bool)> Charts);

    private sealed class Watching(SafetyNews news, Guid patient) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref news.watched, list => list.Remove(patient));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for recalled lots, withdrawn consents and changed charts failed with {Error}; it is tried again")]
    private static partial void Broke(ILogger logger, string error);
}
