using MesoClinic.Application.Booking;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using Microsoft.AspNetCore.Identity;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>The made-up clinic before it is stored. It needs no database, so that it can be thought up while one is made.</summary>
public sealed class DemoDraft
{
    private readonly DemoIds ids = new();
    private readonly IPasswordHasher<ClinicUser> passwords;
    private readonly TimeZoneInfo zone;
    private readonly DateTime now;

    /// <summary>The password is published and the same for all: one slow hash is enough.</summary>
    private string? demoHash;

    /// <param name="seedFolder">Where patients.json, products.json and the folder of photos lie.</param>
    /// <param name="now">Everything is dated relative to this instant, UTC.</param>
    public DemoDraft(string seedFolder, RuleBook book, IPasswordHasher<ClinicUser> passwords, DateTime now)
    {
        (this.passwords, this.now) = (passwords, now);
        var seeds = DemoSeeds.Load(seedFolder);
        Roles = ClinicRoles.All.ToDictionary(role => role, role => new IdentityRole<Guid>(role) { Id = ids.Next(), NormalizedName = role.ToUpperInvariant() }, StringComparer.Ordinal);
        AddStaff();
        Rooms = [new Room { Id = ids.Next(), Name = "Room 1", CleaningMinutes = 5 }, new Room { Id = ids.Next(), Name = "Room 2", CleaningMinutes = 5 }];
        zone = TimeZoneInfo.FindSystemTimeZoneById(Clinic.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        Rota = new DemoRota(today, ids);
        Rota.Apply(Staff);
        Devices = Rota.Devices(Rooms);
        Stock = DemoStock.For(seeds.Products, today, ids);
        Key = new ApiKey { Id = ids.Next(), Name = "Demo key", KeyHash = ApiKeyHash.Of(DemoClinic.ApiKey), CreatedUtc = now, CreatedById = Staff["Sofia Brandt"].Id };
        Photos = new DemoPhotos(Path.Combine(seedFolder, "photos"), book, Clinic);
        History = new DemoHistory(book, Clinic, Photos, Stock, Rooms, DemoRota.Of(Staff.Values), zone, now, today, ids);
        foreach (var seed in seeds.Patients)
        {
            var patient = DemoRecords.PatientOf(seed, Staff[seed.Practitioner].Id, today, now, book.Knowledge, ids);
            History.Add(seed, patient, Staff[seed.Practitioner]);
            if (seed.Account)
            {
                var account = AddUser(ClinicRoles.Patient, patient.FullName, DemoClinic.PatientEmail, DemoClinic.Password);
                PatientAccounts.Add(new PatientAccount { PatientId = patient.Id, UserId = account.Id });
            }
        }

        Shelf = [.. DemoShelf.RecordsOf(Stock, History.ReceivedRecalled, Staff["Sofia Brandt"].Id, Staff["Irina Volkova"].Id, ids)];
    }

    /// <summary>All of it, to be written at once.</summary>
    internal IEnumerable<object> Records => [Clinic, .. Roles.Values, .. Users, .. UserRoles, .. Staff.Values, .. PatientAccounts, .. Rooms, .. Devices, Rota.Closed, .. Stock.Products, .. Stock.Lots, Key, .. History.Records, .. Shelf];

    internal DemoHistory History { get; }
    internal DemoPhotos Photos { get; }

    internal IEnumerable<OutboxMessage> RemindersOf(Appointment appointment) => ReminderTimes.Of(appointment, Clinic.Reminders, zone, now).Select(reminder => new OutboxMessage
    {
        Id = ids.Next(),
        PatientId = appointment.PatientId,
        AppointmentId = appointment.Id,
        Kind = reminder.Kind,
        Sequence = appointment.Sequence,
        StartUtc = appointment.StartUtc,
        WallStart = appointment.WallStart,
        QueuedUtc = now,
        DueUtc = reminder.DueUtc,
        NextAttemptUtc = reminder.DueUtc,
    });

    private Clinic Clinic { get; } = new()
    {
        Name = "Harrow Lane Clinic",
        Phone = "020 7946 0142",
        EmergencyNumber = "999",
        EmergencyKit = "Red case by the door of Room 1, the signed protocol in its lid. Physician in the house: Dr Adler, extension 12.",
        OutOfHoursAdvice = "When we are closed, call NHS 111 or go to an urgent care centre.",
        TimeZone = "Europe/London",
        Hours = DemoRota.OpeningHours,
        IsDemo = true,
    };

    private IReadOnlyDictionary<string, IdentityRole<Guid>> Roles { get; }
    private List<ClinicUser> Users { get; } = [];
    private List<IdentityUserRole<Guid>> UserRoles { get; } = [];
    private Dictionary<string, StaffMember> Staff { get; } = new(StringComparer.Ordinal);
    private List<PatientAccount> PatientAccounts { get; } = [];
    private IReadOnlyList<Room> Rooms { get; }
    private IReadOnlyList<Device> Devices { get; }
    private DemoRota Rota { get; }
    private DemoStock Stock { get; }
    private IReadOnlyList<object> Shelf { get; }
    private ApiKey Key { get; }

    private void AddStaff()
    {
        Add("Irina Volkova", ClinicRoles.Cosmetologist, Qualification.Cosmetologist, DemoClinic.CosmetologistEmail, DemoClinic.Password, takesAppointments: true);
        Add("Linh Tran", ClinicRoles.Cosmetologist, Qualification.Nurse, "linh@demo.example", null, takesAppointments: true);
        Add("Marta Keller", ClinicRoles.Cosmetologist, Qualification.Cosmetologist, "marta.keller@demo.example", null, takesAppointments: true);
        Add("Dr Paul Adler", ClinicRoles.Cosmetologist, Qualification.Dermatologist, DemoClinic.PhysicianEmail, DemoClinic.Password, takesAppointments: false);
        Add("Sofia Brandt", ClinicRoles.Manager, Qualification.None, DemoClinic.ManagerEmail, DemoClinic.Password, takesAppointments: false);

        void Add(string name, string role, Qualification qualification, string email, string? password, bool takesAppointments)
        {
            var user = AddUser(role, name, email, password);
            Staff[name] = new StaffMember { Id = user.Id, Name = name, Qualification = qualification, TakesAppointments = takesAppointments };
        }
    }

    /// <summary>Without a password nobody can sign in: the colleagues are there to be seen, not used.</summary>
    private ClinicUser AddUser(string role, string name, string email, string? password)
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
        Users.Add(user);
        UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = Roles[role].Id });
        return user;
    }
}
