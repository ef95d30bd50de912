using MesoClinic.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Hosting;

/// <summary>Parts that the portal must not run with, or runs with a warning.</summary>
internal static partial class StartupChecks
{
    /// <summary>Before it, anybody could forge the cookies of signed-in people (CVE-2026-40372).</summary>
    private static readonly Version SafeDataProtection = new(10, 0, 7);

    /// <summary>Before it, two connections could corrupt the write-ahead log. The portal's write gate and lock file keep that from happening here.</summary>
    private static readonly Version SafeSqlite = new(3, 51, 3);

    public static void RefuseForgeableCookies() => RefuseForgeableCookies(typeof(IDataProtector).Assembly.Location is { Length: > 0 } file ? System.Diagnostics.FileVersionInfo.GetVersionInfo(file).ProductVersion : null);

    /// <param name="version">Such as "10.0.12+abc"; null when it cannot be told.</param>
    public static void RefuseForgeableCookies(string? version)
    {
        if (version is not null && Version.TryParse(version.Split('+', '-')[0], out var found) && found.Major == SafeDataProtection.Major && found < SafeDataProtection)
        {
            throw new StartRefused($"This .NET runtime ({found}) lets strangers forge sign-ins (CVE-2026-40372). Install .NET {SafeDataProtection} or later.");
        }
    }

    public static async Task WarnOfOldSqliteAsync(ClinicDbContext db, DatabaseEngine engine, ILogger logger, CancellationToken token)
    {
        if (!engine.WritesOneAtATime)
        {
            return;
        }

        var version = await db.Database.SqlQuery<string>($"SELECT sqlite_version() AS Value").SingleAsync(token);
        if (Version.TryParse(version, out var found) && found < SafeSqlite)
        {
            OldSqlite(logger, version, SafeSqlite);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SQLite {Version} is older than {Safe}; the portal writes one transaction at a time and alone on the file, which avoids its known fault")]
    private static partial void OldSqlite(ILogger logger, string version, Version safe);
}
