using MesoClinic.Application.Auditing;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>
/// Fills an empty database with a made-up clinic: staff, rooms, products, forty patients and a year of their appointments, sessions and complications.
/// The same every time, dated relative to today. Its accounts have published passwords and exist nowhere else.
/// </summary>
public sealed class DemoClinic(
    ClinicDbContext db, RuleBook book, ClinicAssessor assessor, ClinicTime time, WriteGate gate, AuditKey auditKey, IPasswordHasher<ClinicUser> passwords)
{
    public const string Password = "Demo-clinic-2026!";
    public const string CosmetologistEmail = "cosmetologist@demo.example";
    public const string ManagerEmail = "manager@demo.example";
    public const string PatientEmail = "patient@demo.example";
    public const string ApiKey = "demo";

    /// <summary>The password is published and the same for all: one slow hash is enough.</summary>
    private string? demoHash;

    public async Task FillAsync(string seedFolder, CancellationToken token)
    {
        var seeds = DemoSeeds.Load(seedFolder);
        using var pass = await gate.EnterAsync(token);
        await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                await FillInsideAsync(seeds, cancellation);
                await transaction.CommitAsync(cancellation);
            },
            token);
    }

    private async Task FillInsideAsync(DemoSeeds seeds, CancellationToken token)
    {
        var ids = new DemoIds();
        db.Clinics.Add(new Clinic
        {
            Name = "Harrow Lane Clinic",
            Phone = "020 7946 0142",
            EmergencyNumber = "999",
            OutOfHoursAdvice = "When we are closed, call NHS 111 or go to an urgent care centre.",
            TimeZone = "Europe/London",
            IsDemo = true,
        });
        var roles = ClinicRoles.All.ToDictionary(role => role, role => new IdentityRole<Guid>(role) { Id = ids.Next(), NormalizedName = role.ToUpperInvariant() }, StringComparer.Ordinal);
        db.Roles.AddRange(roles.Values);
        await db.SaveChangesAsync(token);

        var staff = AddStaff(ids, roles);
        List<Room> rooms = [new Room { Id = ids.Next(), Name = "Room 1" }, new Room { Id = ids.Next(), Name = "Room 2" }];
        db.Rooms.AddRange(rooms);
        var today = await time.TodayAsync(token);
        var stock = DemoStock.For(seeds.Products, today, ids);
        db.Products.AddRange(stock.Products);
        db.Lots.AddRange(stock.Lots);
        db.ApiKeys.Add(new ApiKey { Id = ids.Next(), Name = "Demo key", KeyHash = ApiKeyHash.Of(ApiKey), CreatedUtc = time.UtcNow, CreatedById = staff["Sofia Brandt"].Id });

        var zone = await time.ZoneAsync(token);
        var history = new DemoHistory(book, stock, rooms, zone, time.UtcNow, today, ids);
        foreach (var seed in seeds.Patients)
        {
            var patient = DemoRecords.PatientOf(seed, staff[seed.Practitioner].Id, today, time.UtcNow, book.Knowledge, ids);
            history.Add(seed, patient, staff[seed.Practitioner]);
            if (seed.Account)
            {
                var account = AddUser(ids, roles[ClinicRoles.Patient], patient.FullName, PatientEmail, Password);
                db.PatientAccounts.Add(new PatientAccount { PatientId = patient.Id, UserId = account.Id });
            }
        }

        history.Save(db);
        await db.SaveChangesAsync(token);
        await JudgeComingAppointmentsAsync(history, token);
        DemoAudit.Write(db, auditKey, history.Deeds);
        await db.SaveChangesAsync(token);
        await DemoAudit.SealAsync(db, token);
    }

    private async Task JudgeComingAppointmentsAsync(DemoHistory history, CancellationToken token)
    {
        foreach (var appointment in history.Appointments.Where(a => a is { IsOpen: true, Plan: not null }))
        {
            var date = DateOnly.FromDateTime(appointment.WallStart);
            var request = await assessor.RequestAsync(appointment.PatientId, appointment.Plan!, appointment.Kind, date, MesoClinic.Rules.Facts.Stage.Booking, token);
            var stored = assessor.Assess(request, appointment.PatientId, appointment.Id);
            appointment.Judge(stored);
            appointment.Acknowledged = stored.Decision == Decision.AllowWithCaution
                ? [.. stored.Result.Findings.Where(f => f.Action == Decision.AllowWithCaution).Select(f => f.Rule)]
                : [];
        }
    }

    private Dictionary<string, StaffMember> AddStaff(DemoIds ids, Dictionary<string, IdentityRole<Guid>> roles)
    {
        var staff = new Dictionary<string, StaffMember>(StringComparer.Ordinal);
        Add("Irina Volkova", ClinicRoles.Cosmetologist, Qualification.Cosmetologist, CosmetologistEmail, Password, takesAppointments: true);
        Add("Linh Tran", ClinicRoles.Cosmetologist, Qualification.Nurse, "linh@demo.example", null, takesAppointments: true);
        Add("Marta Keller", ClinicRoles.Cosmetologist, Qualification.Cosmetologist, "marta.keller@demo.example", null, takesAppointments: true);
        Add("Dr Paul Adler", ClinicRoles.Cosmetologist, Qualification.Dermatologist, "paul.adler@demo.example", null, takesAppointments: false);
        Add("Sofia Brandt", ClinicRoles.Manager, Qualification.None, ManagerEmail, Password, takesAppointments: false);
        return staff;

        void Add(string name, string role, Qualification qualification, string email, string? password, bool takesAppointments)
        {
            var user = AddUser(ids, roles[role], name, email, password);
            staff[name] = new StaffMember { Id = user.Id, Name = name, Qualification = qualification, TakesAppointments = takesAppointments };
            db.Staff.Add(staff[name]);
        }
    }

    /// <summary>Without a password nobody can sign in: the colleagues are there to be seen, not used.</summary>
    private ClinicUser AddUser(DemoIds ids, IdentityRole<Guid> role, string name, string email, string? password)
    {
        var user = new ClinicUser
        {
            Id = ids.Next(),
            DisplayName = name,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        user.PasswordHash = password is null ? null : demoHash ??= passwords.HashPassword(user, password);
        db.Users.Add(user);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role.Id });
        return user;
    }
}

/// <summary>Ids that are the same at every fill, so that two demo clinics can be compared.</summary>
internal sealed class DemoIds
{
    private readonly Random random = new(2026);
    private readonly byte[] bytes = new byte[16];

    public Random Random => random;

    public Guid Next()
    {
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
