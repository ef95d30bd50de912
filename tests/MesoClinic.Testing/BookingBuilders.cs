using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Testing;

public static class BookingBuilders
{
    /// <summary>Tuesday of next week: far enough ahead for every rule about notice.</summary>
    public static readonly DateOnly NextTuesday = new(2026, 6, 9);

    public static Task<Guid> AddRoomAsync(this TestClinic clinic, string name = "Room 1", int cleaning = 0) => clinic.InDatabaseAsync(async db =>
    {
        var room = new Room { Name = name, CleaningMinutes = cleaning };
        db.Rooms.Add(room);
        await db.SaveChangesAsync();
        return room.Id;
    });

    /// <summary>A session of hyaluronic acid in the forehead, next Tuesday at 10:00 for half an hour.</summary>
    public static BookAppointment.Command ABooking(Guid patient, Guid practitioner, Guid room, AppointmentKind kind = AppointmentKind.Session, DateOnly? date = null, string start = "10:00", int minutes = 30) => new()
    {
        PatientId = patient,
        PractitionerId = practitioner,
        RoomId = room,
        Kind = kind,
        Date = date ?? NextTuesday,
        Start = TimeOnly.ParseExact(start, "HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        Minutes = minutes,
        Indication = "ind-wrinkles",
        Areas = ["forehead"],
        Technique = "tech-nappage",
        Ingredients = ["ing-hyaluronic-acid"],
    };

    /// <summary>A consultation that took place before the clinic's day: a first session asks for one.</summary>
    public static Task AddPastConsultationAsync(this TestClinic clinic, Guid patient, Guid practitioner, Guid room) => clinic.InDatabaseAsync(async db =>
    {
        var start = clinic.Clock.GetUtcNow().UtcDateTime.Date.AddDays(-7).AddHours(10);
        db.Appointments.Add(new Appointment
        {
            PatientId = patient,
            PractitionerId = practitioner,
            RoomId = room,
            Kind = AppointmentKind.Consultation,
            State = AppointmentState.Done,
            StartUtc = start,
            EndUtc = start.AddMinutes(30),
            WallStart = start.AddHours(1),
            BookedById = practitioner,
            BookedUtc = start.AddDays(-3),
        });
        await db.SaveChangesAsync();
    });

    /// <summary>Every treatment claims a time nobody else holds, and holds exactly its own: open appointments have all their claims, the others none.</summary>
    public static async Task<string?> ClaimsProblemAsync(this TestClinic clinic)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        var (appointments, claims) = await clinic.InDatabaseAsync(async db =>
            (await db.Appointments.AsNoTracking().Where(a => a.StartUtc > clinic.Clock.GetUtcNow().UtcDateTime).ToListAsync(), await db.SlotClaims.AsNoTracking().ToListAsync()));
        foreach (var appointment in appointments)
        {
            var wanted = new HashSet<(Guid, DateTime)>();
            for (var slot = appointment.StartUtc; appointment.HoldsTime && slot < appointment.EndUtc; slot += SlotClaim.Grain)
            {
                wanted.UnionWith([(appointment.PractitionerId, slot), (appointment.RoomId, slot), (appointment.PatientId, slot)]);
                if (appointment.DeviceId is { } device)
                {
                    wanted.Add((device, slot));
                }
            }

            for (var slot = appointment.EndUtc; appointment.HoldsTime && slot < appointment.EndUtc.AddMinutes(appointment.CleaningMinutes); slot += SlotClaim.Grain)
            {
                wanted.Add((appointment.RoomId, slot));
            }

            if (!wanted.SetEquals(claims.Where(claim => claim.AppointmentId == appointment.Id).Select(claim => (claim.ResourceId, claim.SlotUtc))))
            {
                return $"The claims of the appointment at {appointment.StartUtc:O} ({appointment.State}) are not its own.";
            }
        }

        foreach (var first in appointments.Where(a => a.HoldsTime))
        {
            if (appointments.Any(second => second.Id != first.Id && second.HoldsTime && first.StartUtc < second.EndUtc && second.StartUtc < first.EndUtc
                && (first.PractitionerId == second.PractitionerId || first.RoomId == second.RoomId || first.PatientId == second.PatientId || (first.DeviceId is not null && first.DeviceId == second.DeviceId))))
            {
                return $"Two appointments overlap at {first.StartUtc:O}.";
            }
        }

        return null;
    }

    public static Task<Appointment> AppointmentAsync(this TestClinic clinic, Guid id) =>
        clinic.InDatabaseAsync(db => db.Appointments.AsNoTracking().Include(a => a.Claims).SingleAsync(a => a.Id == id));

    /// <summary>The value, or a failure of the test that says why there is none.</summary>
    public static T Must<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException($"Refused: {outcome.Failure switch
        {
            Failure.Invalid invalid => string.Join("; ", invalid.Errors.Select(error => $"{error.Key}: {error.Value[0]}")),
            Failure.Conflict conflict => conflict.Message,
            Failure.Contraindicated { Assessment: { } a } => $"{a.Decision}: {string.Join(", ", a.Findings.Select(finding => finding.Rule))} missing {string.Join(", ", a.Missing)}",
            { } other => other.Kind,
            null => "",
        }}");
    }
}
