using System.Data.Common;
using System.Globalization;
using MesoClinic.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MesoClinic.Web.Hosting;

/// <summary>Brings the database up to date, after a copy of what stood before.</summary>
internal static class Migrations
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task MigrateAsync(ClinicDbContext db, DatabaseEngine engine, DataFolder folder, TimeProvider clock, CancellationToken token)
    {
        try
        {
            await ReachAsync(db, engine, token);
            if (engine.WritesOneAtATime)
            {
                await FreeStaleLockAsync(db, token);
                await BackUpAsync(db, folder, clock, token);
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Longest);
            await db.Database.MigrateAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new StartRefused("The database could not be brought up to date within a minute. Another instance may be at it: wait, then start again.");
        }
        catch (Exception error) when (error is DbException or InvalidOperationException { InnerException: DbException } or RetryLimitExceededException)
        {
            var reason = (error as DbException ?? error.InnerException)?.Message.ReplaceLineEndings(" ") ?? error.GetType().Name;
            throw new StartRefused($"The database cannot be opened: {reason} Check MesoClinic:Database:Provider and MesoClinic:Database:ConnectionString.");
        }
    }

    /// <summary>A wrong server name or password is told within seconds, not after the retries that a working portal makes.</summary>
    private static async Task ReachAsync(ClinicDbContext db, DatabaseEngine engine, CancellationToken token)
    {
        if (engine.WritesOneAtATime)
        {
            return;
        }

        // The database itself may not exist yet: migrating makes it. Its server has to answer.
        var server = new SqlConnectionStringBuilder(db.Database.GetConnectionString()) { InitialCatalog = "master", ConnectTimeout = 5, ConnectRetryCount = 0 };
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync(token);
    }

    /// <summary>A process that was killed while migrating leaves its lock row behind, and the next start would wait for it for ever. Only this process is on the file.</summary>
    private static async Task FreeStaleLockAsync(ClinicDbContext db, CancellationToken token)
    {
        var hasLock = await db.Database.SqlQuery<long>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'").SingleAsync(token);
        if (hasLock > 0)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", token);
        }
    }

    private static async Task BackUpAsync(ClinicDbContext db, DataFolder folder, TimeProvider clock, CancellationToken token)
    {
        var isNew = !(await db.Database.GetAppliedMigrationsAsync(token)).Any();
        if (isNew || !(await db.Database.GetPendingMigrationsAsync(token)).Any())
        {
            return;
        }

        Directory.CreateDirectory(folder.File("backups"));
        var copy = folder.File($"backups/before-update-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db");
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", token);
    }
}
