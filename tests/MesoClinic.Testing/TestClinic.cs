using MediatR;
using MesoClinic.Application;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Data.Seeding;
using MesoClinic.Data.Sqlite;
using MesoClinic.Data.SqlServer;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Testing;

/// <summary>A clinic of its own for one test: a real migrated database, the real pipeline, a clock that the test moves. It is Monday 1 June 2026, 09:00 in London.</summary>
public sealed class TestClinic : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly Lazy<RuleBook> Book = new(() => new RuleBook(SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds"))));
    private static readonly Lazy<string> MigratedFile = new(MigrateOnce);
    private readonly ServiceProvider services;
    private readonly string? file;

    private TestClinic(Engine engine)
    {
        var registration = new ServiceCollection();
        registration.AddLogging();
        registration.AddSingleton<TimeProvider>(Clock);
        registration.AddSingleton(new AuditKey([.. Enumerable.Repeat((byte)7, 32)]));
        registration.AddSingleton(new BuiltInRules(Book.Value));
        registration.AddSingleton(new MailSettings { From = "desk@clinic.example", PublicUrl = "https://portal.clinic.example", Folder = OutboxFolder });
        registration.AddSingleton(new PhotoLimits { Folder = PhotoFolder });
        registration.AddDataProtection().UseEphemeralDataProtectionProvider();
        registration.AddClinicApplication();
        registration.AddIdentityCore<ClinicUser>().AddRoles<IdentityRole<Guid>>().AddEntityFrameworkStores<ClinicDbContext>();
        if (engine == Engine.Sqlite)
        {
            file = Path.Combine(Path.GetTempPath(), $"mesoclinic-{Guid.NewGuid():N}.db");
            File.Copy(MigratedFile.Value, file);
            registration.AddSqliteClinic(SqliteSetup.ConnectionStringFor(file));
        }
        else
        {
            var connection = new SqlConnectionStringBuilder(OnSqlServerAttribute.ConnectionString!) { InitialCatalog = $"mesoclinic_{Guid.NewGuid():N}" };
            registration.AddSqlServerClinic(connection.ConnectionString);
        }

        registration.ConfigureDbContext<ClinicDbContext>(options => options.AddInterceptors(Database));
        services = registration.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Where messages to patients are written; it is there when the first one is.</summary>
    public string OutboxFolder { get; } = Path.Combine(Path.GetTempPath(), $"mesoclinic-outbox-{Guid.NewGuid():N}");

    /// <summary>Where photos are stored.</summary>
    public string PhotoFolder { get; } = Path.Combine(Path.GetTempPath(), $"mesoclinic-photos-{Guid.NewGuid():N}");
    public DatabaseHook Database { get; } = new();
    public FakeClock Clock { get; } = new(Start);
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    public static async Task<TestClinic> OpenAsync(Engine engine)
    {
        var clinic = new TestClinic(engine);
        if (engine == Engine.SqlServer)
        {
            await clinic.InDatabaseAsync(db => db.Database.MigrateAsync());
        }

        await clinic.InDatabaseAsync(async db =>
        {
            db.Clinics.Add(new Clinic { Name = "Test clinic", Phone = "020 7946 0142", EmergencyNumber = "999", TimeZone = "Europe/London" });
            foreach (var role in ClinicRoles.All)
            {
                db.Roles.Add(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7(), NormalizedName = role.ToUpperInvariant() });
            }

            await db.SaveChangesAsync();
        });
        return clinic;
    }

    /// <summary>Sends a request as this person, in a scope of its own, through the whole pipeline.</summary>
    public async Task<Outcome<T>> SendAsync<T>(Guid? user, IRequest<Outcome<T>> request)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Is(user, null, "test");
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task InDatabaseAsync(Func<ClinicDbContext, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<ClinicDbContext>());
    }

    public async Task<T> InDatabaseAsync<T>(Func<ClinicDbContext, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ClinicDbContext>());
    }

    /// <summary>A scope of the clinic's services, for tests that need one of them.</summary>
    public AsyncServiceScope Scope() => services.CreateAsyncScope();

    public Task<Guid> AddCosmetologistAsync(string name = "Irina Volkova", Qualification qualification = Qualification.Cosmetologist) =>
        AddStaffAsync(name, qualification, takesAppointments: true, ClinicRoles.Cosmetologist);

    public Task<Guid> AddManagerAsync(string name = "Sofia Brandt") => AddStaffAsync(name, Qualification.None, takesAppointments: false, ClinicRoles.Manager);

    public Task<Guid> AddStaffAsync(string name, Qualification qualification, bool takesAppointments, params string[] roles) => InDatabaseAsync(async db =>
    {
        var id = await AddUserAsync(db, name, roles);
        db.Staff.Add(new StaffMember { Id = id, Name = name, Qualification = qualification, TakesAppointments = takesAppointments });
        await db.SaveChangesAsync();
        return id;
    });

    /// <summary>A sign-in for a patient, linked to these records.</summary>
    public Task<Guid> AddPatientAccountAsync(params Guid[] patients) => InDatabaseAsync(async db =>
    {
        var id = await AddUserAsync(db, "A patient", [ClinicRoles.Patient]);
        db.PatientAccounts.AddRange(patients.Select(patient => new Domain.Patients.PatientAccount { PatientId = patient, UserId = id }));
        await db.SaveChangesAsync();
        return id;
    });

    public async ValueTask DisposeAsync()
    {
        if (file is null)
        {
            await InDatabaseAsync(db => db.Database.EnsureDeletedAsync());
        }

        var connection = await InDatabaseAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        await services.DisposeAsync();
        foreach (var folder in new[] { OutboxFolder, PhotoFolder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (file is not null)
        {
            // Its own connections only: other tests are at work with theirs.
            using var last = new SqliteConnection(connection);
            SqliteConnection.ClearPool(last);
            foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" })
            {
                File.Delete(part);
            }
        }
    }

    private static async Task<Guid> AddUserAsync(ClinicDbContext db, string name, string[] roles)
    {
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@test.example";
        db.Users.Add(new ClinicUser { Id = id, DisplayName = name, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), SecurityStamp = "stamp" });
        foreach (var role in await db.Roles.Where(role => roles.Contains(role.Name)).ToListAsync())
        {
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = role.Id });
        }

        await db.SaveChangesAsync();
        return id;
    }

    private static string MigrateOnce()
    {
        var template = Path.Combine(Path.GetTempPath(), $"mesoclinic-template-{Guid.NewGuid():N}.db");
        var options = new DbContextOptionsBuilder<ClinicDbContext>();
        options.UseClinicSqlite(SqliteSetup.ConnectionStringFor(template));
        using (var db = new ClinicDbContext((DbContextOptions<ClinicDbContext>)options.Options))
        {
            db.Database.Migrate();
            db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(template);
        return template;
    }
}
