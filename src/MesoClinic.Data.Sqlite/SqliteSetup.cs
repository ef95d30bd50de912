using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Data.Sqlite;

/// <summary>The embedded database: one file in the data folder.</summary>
public static class SqliteSetup
{
    private const int ConstraintViolation = 19;
    private const int PrimaryKeyViolation = 1555;
    private const int UniqueViolation = 2067;
    private const int ReadOnly = 8;
    private const int Full = 13;

    /// <summary>The log or its index could not be written, flushed or made larger.</summary>
    private static readonly int[] CannotWrite = [778, 1034, 1546, 4874];

    public static readonly DatabaseEngine Engine = new(
        "Sqlite",
        error => error is SqliteException { SqliteErrorCode: ConstraintViolation, SqliteExtendedErrorCode: PrimaryKeyViolation or UniqueViolation },
        error => error is SqliteException failed && (failed.SqliteErrorCode is Full or ReadOnly || CannotWrite.Contains(failed.SqliteExtendedErrorCode)),
        WritesOneAtATime: true);

    public static IServiceCollection AddSqliteClinic(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(Engine).AddClinicContext(options => options.UseClinicSqlite(connectionString));

    public static DbContextOptionsBuilder UseClinicSqlite(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = 30 }.ToString(),
                sqlite => sqlite.MigrationsAssembly(typeof(SqliteSetup).Assembly).UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            .AddInterceptors(new SqlitePragmas());

    public static string ConnectionStringFor(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ToString();
}
