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

    public static readonly DatabaseEngine Engine = new(
        "Sqlite",
        error => error is SqliteException { SqliteErrorCode: ConstraintViolation, SqliteExtendedErrorCode: PrimaryKeyViolation or UniqueViolation },
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
