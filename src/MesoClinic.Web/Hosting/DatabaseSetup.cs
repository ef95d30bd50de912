using System.Security.Cryptography;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Data.Seeding;
using MesoClinic.Data.Sqlite;
using MesoClinic.Data.SqlServer;
using MesoClinic.Rules;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web.Hosting;

internal static class DatabaseSetup
{
    /// <summary>The embedded database, in the data folder.</summary>
    public const string FileName = "mesoclinic.db";

    public static void AddClinicDatabase(this IServiceCollection services, ClinicOptions options, DataFolder folder)
    {
        switch (options.Database.Provider.ToUpperInvariant())
        {
            case "SQLITE":
                services.AddSqliteClinic(options.Database.ConnectionString ?? SqliteSetup.ConnectionStringFor(folder.File(FileName)));
                break;
            case "SQLSERVER":
                services.AddSqlServerClinic(SqlServerConnection(options));
                break;
            default:
                throw new StartRefused($"MesoClinic:Database:Provider is \"{options.Database.Provider}\"; it can be Sqlite or SqlServer.");
        }

        services.AddSingleton(LoadAuditKey(folder));
        services.AddDataProtection().SetApplicationName("MesoClinic");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
    }

    /// <summary>Reads the knowledge beside everything else that a start has to do; whoever asks for the book first waits for it.</summary>
    public static Task<RuleBook> AddRuleBook(this IServiceCollection services)
    {
        var reading = Task.Run(ReadRuleBook);
        services.AddSingleton(_ => new BuiltInRules(reading.GetAwaiter().GetResult()));
        return reading;
    }

    /// <summary>A bad knowledge file stops the start and names file, row and field.</summary>
    private static RuleBook ReadRuleBook()
    {
        try
        {
            return new RuleBook(SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds")));
        }
        catch (SeedException error)
        {
            throw new StartRefused(error.Message);
        }
    }

    private static string SqlServerConnection(ClinicOptions options)
    {
        try
        {
            return new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(
                options.Database.ConnectionString ?? throw new StartRefused("MesoClinic:Database:ConnectionString is missing; SQL Server needs one.")).ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new StartRefused("MesoClinic:Database:ConnectionString cannot be read as a SQL Server connection string.");
        }
    }

    /// <summary>The key of the audit chain lies beside the database, not in it: who can write rows cannot seal them.</summary>
    private static AuditKey LoadAuditKey(DataFolder folder)
    {
        var file = folder.File("audit.key");
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file, options);
            stream.Write(RandomNumberGenerator.GetBytes(32));
        }

        return new AuditKey(File.ReadAllBytes(file));
    }
}
