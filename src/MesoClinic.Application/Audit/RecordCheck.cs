using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Audit;

/// <summary>Every night, or as soon as the portal runs again: verifies whatever was signed, and keeps what was found.</summary>
public sealed partial class RecordCheck(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecordCheck> logger) : BackgroundService
{
    /// <summary>By the machine's clock: hours in which nobody is treated. More than one, because in spring one of them does not exist.</summary>
    private const int FromHour = 2;
    private const int ToHour = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromHours(12);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(30);

    /// <summary>One round; also what a test calls.</summary>
    public async Task<RecordCheckRun> RunAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<RecordVerifier>().VerifyAsync(token);
        await KeepAsync(run, token);
        if (!run.Holds)
        {
            Changed(logger, run.ChangedRecords.Count, run.ChangedConsents.Count);
        }

        return run;
    }

    /// <summary>Whether everything signed is to be verified now.</summary>
    public async Task<bool> IsDueAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().RecordCheckRuns.Where(run => run.Error == null).MaxAsync(run => (DateTime?)run.AtUtc, token);
        var age = clock.GetUtcNow().UtcDateTime - last;

        // Younger than nothing: the clock was ahead when it was written.
        return age is null || age < TimeSpan.Zero || age > Longest || (age > Rest && clock.GetLocalNow().Hour is >= FromHour and < ToHour);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken token)
    {
        try
        {
            if (await IsDueAsync(token))
            {
                await RunAsync(token);
            }
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            Broke(logger, error.GetType().Name);
            await TryKeepAsync(error, token);
        }
    }

    /// <summary>The audit page tells of it too, if the database can still be written to.</summary>
    private async Task TryKeepAsync(Exception why, CancellationToken token)
    {
        try
        {
            await KeepAsync(new RecordCheckRun { AtUtc = clock.GetUtcNow().UtcDateTime, Error = why.GetType().Name }, token);
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            Broke(logger, error.GetType().Name);
        }
    }

    /// <summary>Of walks that broke off only the last is kept, and none that a clock gone ahead has dated after this one: nothing would be due until then.</summary>
    private async Task KeepAsync(RecordCheckRun run, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        await db.RecordCheckRuns.Where(earlier => earlier.Error != null || (run.Error == null && earlier.AtUtc > run.AtUtc)).ExecuteDeleteAsync(token);
        db.RecordCheckRuns.Add(run);
        await db.SaveChangesAsync(token);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Records} signed records and {Consents} consents are not as they were signed; the audit page names them")]
    private static partial void Changed(ILogger logger, int records, int consents);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Verifying signed records failed with {Error}; it is tried again in ten minutes")]
    private static partial void Broke(ILogger logger, string error);
}
