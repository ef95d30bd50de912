using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Rules;

/// <summary>
/// After the rule book changed, by a published version or by an update of the portal: judges every coming treatment again, the nearest first.
/// Small transactions, so that the desk goes on booking; what is left to do is read from the appointments, so that a crash costs nothing.
/// </summary>
public sealed partial class Rescreener(IServiceScopeFactory scopes, CurrentRuleBook books, TimeProvider clock, ILogger<Rescreener> logger) : BackgroundService
{
    private const int AppointmentsAtOnce = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A booking whose transaction was open while a version was published can still carry the book before: everybody is looked at again this often.</summary>
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>The book by which nothing waited any more, and when that was seen.</summary>
    private (string? RuleBook, DateTimeOffset At) finished;

    /// <summary>Judges until nothing waits; also what a test calls.</summary>
    /// <returns>How many appointments were judged again.</returns>
    public async Task<int> RunAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hash = (await books.RefreshAsync(scope.ServiceProvider.GetRequiredService<ClinicDbContext>(), token)).Hash;
        return finished.RuleBook == hash && clock.GetUtcNow() - finished.At < LooksAgainAfter ? 0 : await RunAsync(hash, token);
    }

    /// <summary>Judges by this book, and ends early when it is no longer the one in force: the next round judges by the newer one.</summary>
    internal async Task<int> RunAsync(string hash, CancellationToken token)
    {
        var (all, from) = (0, DateTime.UnixEpoch);
        while (await NextAsync(hash, from, token) is (var done, { } last))
        {
            all += done;
            if (done == 0 && from == DateTime.UnixEpoch)
            {
                finished = (hash, clock.GetUtcNow());
                return all;
            }

            // At the end once more from the beginning: a booking may have been moved to an earlier time meanwhile.
            from = done == 0 ? DateTime.UnixEpoch : last;
        }

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A database that is away for a while must not end the service; messages of the database may hold values.
                Broke(logger, error.GetType().Name);
            }
        }
    }

    /// <returns>How many were judged, and the start of the last of them; no start when another book came into force.</returns>
    private async Task<(int Done, DateTime? Last)> NextAsync(string hash, DateTime from, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, gate) = (scope.ServiceProvider.GetRequiredService<ClinicDbContext>(), scope.ServiceProvider.GetRequiredService<WriteGate>());
        using var pass = await gate.EnterAsync(token);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                if ((await books.RefreshAsync(db, cancellation)).Hash != hash)
                {
                    return (0, (DateTime?)null);
                }

                var batch = await Waiting(db, hash, clock.GetUtcNow().UtcDateTime).Where(a => a.StartUtc >= from).OrderBy(a => a.StartUtc).ThenBy(a => a.Id).Take(AppointmentsAtOnce).ToListAsync(cancellation);
                if (batch.Count == 0)
                {
                    var now = clock.GetUtcNow().UtcDateTime;
                    await db.Rescreenings.Where(round => round.FinishedUtc == null).ExecuteUpdateAsync(round => round.SetProperty(r => r.FinishedUtc, now), cancellation);
                }
                else
                {
                    await JudgeAsync(scope.ServiceProvider, db, hash, batch, cancellation);
                }

                await transaction.CommitAsync(cancellation);
                return (batch.Count, batch.Count == 0 ? from : batch[^1].StartUtc);
            },
            token);
    }

    private async Task JudgeAsync(IServiceProvider services, ClinicDbContext db, string hash, List<Appointment> batch, CancellationToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var round = await RoundAsync(db, hash, now, token);
        var (assessor, overrides, tasks) = (services.GetRequiredService<ClinicAssessor>(), services.GetRequiredService<AppointmentOverrides>(), services.GetRequiredService<SafetyTasks>());
        var open = await tasks.OpenOfAsync(batch, token);
        foreach (var (appointment, assessment) in await assessor.AssessComingAsync(batch, token))
        {
            var before = appointment.Decision;
            await overrides.JudgeAsync(appointment, assessment, token);
            round.Worse += tasks.Note(appointment, before, SafetyTaskCause.RuleBookChanged, open.GetValueOrDefault(appointment.Id)) ? 1 : 0;
        }

        round.Done += batch.Count;
        await db.SaveChangesAsync(token);
    }

    /// <summary>The round that this book's changes belong to. A round of an older book ends where it stands: the newer one judges everybody.</summary>
    private async Task<Rescreening> RoundAsync(ClinicDbContext db, string hash, DateTime now, CancellationToken token)
    {
        var open = await db.Rescreenings.Where(round => round.FinishedUtc == null).ToListAsync(token);
        foreach (var older in open.Where(round => round.RuleBook != hash))
        {
            older.FinishedUtc = now;
        }

        if (open.Find(round => round.RuleBook == hash) is { } running)
        {
            return running;
        }

        var round = new Rescreening { RuleBook = hash, StartedUtc = now, Total = await Waiting(db, hash, now).CountAsync(token) };
        db.Rescreenings.Add(round);
        return round;
    }

    /// <summary>Treatments that can still be stopped and were last judged by another book.</summary>
    internal static IQueryable<Appointment> Waiting(ClinicDbContext db, string hash, DateTime nowUtc) =>
        db.Appointments.Where(Appointment.ComingTreatment(nowUtc)).Where(a => !db.Assessments.Any(stored => stored.Id == a.AssessmentId && stored.RuleBook == hash));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Judging coming appointments by the new rule book failed with {Error}; it goes on in ten seconds")]
    private static partial void Broke(ILogger logger, string error);
}
