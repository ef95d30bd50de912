using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Data.SqlServer;

/// <summary>The production engine, and the way past one machine.</summary>
public static class SqlServerSetup
{
    private const int UniqueConstraintViolation = 2627;
    private const int UniqueIndexViolation = 2601;

    /// <summary>The database's files or its log are full, or it has reached the size that it is given in the cloud.</summary>
    private static readonly int[] Full = [1101, 1105, 9002, 40544];

    public static readonly DatabaseEngine Engine = new(
        "SqlServer",
        error => error is SqlException { Number: UniqueConstraintViolation or UniqueIndexViolation },
        error => error is SqlException failed && Full.Contains(failed.Number),
        WritesOneAtATime: false);

    public static IServiceCollection AddSqlServerClinic(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(Engine).AddClinicContext(options => options.UseClinicSqlServer(connectionString));

    public static DbContextOptionsBuilder UseClinicSqlServer(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(connectionString, server => server
            .MigrationsAssembly(typeof(SqlServerSetup).Assembly)
            .EnableRetryOnFailure(3)
            .UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery));
}
