namespace MesoClinic.Web.Hosting;

/// <summary>The section "MesoClinic" of the configuration.</summary>
internal sealed class ClinicOptions
{
    public const string Section = "MesoClinic";

    public DataOptions Data { get; init; } = new();
    public DatabaseOptions Database { get; init; } = new();

    /// <summary>Fill and show the demo clinic. Default: in the Development environment.</summary>
    public bool? Demo { get; init; }

    /// <summary>The moment at which the demo clinic's clock starts, such as 2026-06-16T09:30+01:00. A real clinic has the real time only.</summary>
    public DateTimeOffset? DemoTime { get; init; }
    public LimitOptions Limits { get; init; } = new();
    public MailOptions Mail { get; init; } = new();

    /// <summary>The embedded database, which belongs to one process at a time.</summary>
    public bool UsesSqlite => Database.Provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase);

    public bool IsDemo(IHostEnvironment environment) => Demo ?? environment.IsDevelopment();

    public static ClinicOptions From(IConfiguration configuration) => configuration.GetSection(Section).Get<ClinicOptions>() ?? new ClinicOptions();

    internal sealed class DataOptions
    {
        /// <summary>Database file, photos, outbox, logs.</summary>
        public string? Folder { get; init; }
    }

    internal sealed class DatabaseOptions
    {
        public string Provider { get; init; } = "Sqlite";
        public string? ConnectionString { get; init; }
    }

    internal sealed class MailOptions
    {
        /// <summary>The SMTP server; empty: messages become files in the data folder's outbox.</summary>
        public string? Host { get; init; }
        public int Port { get; init; } = 587;
        public string? User { get; init; }
        public string? Password { get; init; }

        /// <summary>STARTTLS.</summary>
        public bool Tls { get; init; } = true;

        /// <summary>The clinic's address, from which it writes.</summary>
        public string? From { get; init; }

        /// <summary>Where patients reach the portal, such as https://portal.clinic.example.</summary>
        public string? PublicUrl { get; init; }
    }

    internal sealed class LimitOptions
    {
        public int CircuitsPerUser { get; init; } = 12;
        public int Circuits { get; init; } = 2500;

        /// <summary>The largest photo that is taken in.</summary>
        public int PhotoMegabytes { get; init; } = 20;

        /// <summary>Tries to sign in, or to use a one-time link, a minute and address.</summary>
        public int SignInsPerMinute { get; init; } = 10;
    }
}

/// <summary>Where this installation keeps its files.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>The configured folder, else data/ of the repository when run from source, else data/ beside the program.</summary>
    public static DataFolder For(ClinicOptions options, string contentRoot)
    {
        var path = options.Data.Folder ?? System.IO.Path.Combine(RepositoryAbove(contentRoot) ?? contentRoot, "data");
        try
        {
            return new DataFolder(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefused($"The data folder \"{path}\" cannot be used. Set MesoClinic:Data:Folder to a folder that this account may write to.");
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    private static string? RepositoryAbove(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(parent.FullName, "MesoClinic.sln")))
            {
                return parent.FullName;
            }
        }

        return null;
    }
}
