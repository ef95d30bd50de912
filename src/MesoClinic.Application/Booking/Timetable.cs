using System.Data.Common;
using System.Globalization;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Which times the clinic can offer: the rota, the wall clock, who and what is free. The claims' key has the last word.</summary>
internal sealed class Timetable(ClinicDbContext db, ClinicTime time, CurrentUser user, PatientAccess access, DatabaseEngine engine, RotaReader rotas, Outbox outbox)
{
    public const string OfferExpired = "The offer from the waitlist was not answered in time.";
    public const string Expired = "The time held for this provisional booking ran out before it was confirmed.";

    /// <summary>The time as it would be kept, with its device and cleaning, or why it cannot be had. Nothing is held yet.</summary>
    /// <param name="kind">With <paramref name="plan"/>: whether a device is needed.</param>
    /// <param name="exceptAppointment">The one that moves: its own time is no obstacle.</param>
    /// <param name="inAnyColumn">The portal itself offers the time: nobody books in a colleague's column.</param>
    public async Task<(Spot? Spot, Failure? Refusal)> FindAsync(
        IBookedTime asked, AppointmentKind kind, PlannedTreatment? plan, Guid? patientId, Guid? exceptAppointment, CancellationToken token, bool inAnyColumn = false)
    {
        var (practitioner, date) = (asked.PractitionerId!.Value, asked.Date!.Value);
        var (rota, clinic) = await rotas.FromAsync(date, practitioner, token);
        var room = await db.Rooms.AsNoTracking().SingleOrDefaultAsync(r => r.Id == asked.RoomId && r.IsActive, token);
        if (await WhoAndWhereAsync(practitioner, room, inAnyColumn || clinic.AnyoneBooksAnyColumn, token) is { } unusable)
        {
            return (null, unusable);
        }

        var wall = date.ToDateTime(asked.Start!.Value);
        var (startUtc, problem) = await time.ToUtcAsync(wall, token);
        if (problem is not null)
        {
            return (null, new Failure.Invalid(nameof(asked.Start), problem));
        }

        if (startUtc < time.UtcNow)
        {
            return (null, new Failure.Invalid(date < await time.TodayAsync(token) ? nameof(asked.Date) : nameof(asked.Start), "This time has passed. Choose one that is still to come."));
        }

        var endUtc = startUtc.AddMinutes(asked.Minutes!.Value);
        if (rota.Refuse(wall, await time.ToWallAsync(endUtc, token), practitioner) is { } refusal)
        {
            return (null, new Failure.Invalid(refusal.Field, refusal.Message));
        }

        var spot = new Spot(startUtc, endUtc, wall, practitioner, room!.Id, null, room.CleaningMinutes);
        if (DeviceNeeds.Of(kind, plan) is { } need)
        {
            var (device, none) = await DeviceAsync(need, room, spot, exceptAppointment, token);
            if (none is not null)
            {
                return (null, none);
            }

            spot = spot with { DeviceId = device };
        }

        return await TakenAsync(spot, patientId, exceptAppointment, token) is { } taken ? (null, new Failure.Conflict(taken)) : (spot, null);
    }

    /// <summary>Cancels the provisional bookings in the way whose time has run out. <paramref name="spot"/> null: all of them.</summary>
    /// <returns>The times that are free now.</returns>
    public async Task<IReadOnlyList<Spot>> ReleaseExpiredAsync(Spot? spot, CancellationToken token)
    {
        var now = time.UtcNow;
        var expired = db.Appointments.Include(a => a.Claims)
            .Where(a => a.ProvisionalUntilUtc != null && a.ProvisionalUntilUtc <= now && (a.State == AppointmentState.Booked || a.State == AppointmentState.Offered || (a.State == AppointmentState.Arrived && a.EndUtc <= now)));

        // A room's cleaning reaches past its appointment.
        var released = await (spot is null ? expired : expired.Where(a => a.StartUtc < spot.RoomFreeUtc && a.EndUtc > spot.StartUtc.AddMinutes(-Room.LongestCleaning))).ToListAsync(token);
        if (released.Count == 0)
        {
            return [];
        }

        var (free, ids) = (released.ConvertAll(appointment => appointment.Spot), released.ConvertAll(appointment => (Guid?)appointment.Id));
        foreach (var appointment in released)
        {
            var wasOffered = appointment.State == AppointmentState.Offered;
            appointment.Cancel(CancelCode.RanOut, wasOffered ? OfferExpired : Expired, now);
            if (!wasOffered)
            {
                await outbox.CancelledAsync(appointment, token);
            }
        }

        var unanswered = await db.Waitlist.Where(entry => entry.State == WaitlistState.Offered && ids.Contains(entry.OfferedAppointmentId)).ToListAsync(token);
        unanswered.ForEach(entry => entry.Expire(now));

        // At once: a claim that is deleted and inserted in one batch would meet itself.
        await db.SaveChangesAsync(token);
        return free;
    }

    /// <summary>Saves; if somebody else's claim came first, says whose time it was.</summary>
    public async Task<Failure.Conflict?> SaveAsync(Appointment appointment, CancellationToken token)
    {
        await access.NoteOwnBookingAsync(appointment, token);
        try
        {
            await db.SaveChangesAsync(token);
            return null;
        }
        catch (DbUpdateException error) when (error is not DbUpdateConcurrencyException && error.InnerException is DbException inner && engine.IsUniqueViolation(inner))
        {
            return new Failure.Conflict(await TakenAsync(appointment.Spot, appointment.PatientId, appointment.Id, token)
                ?? "Just taken: somebody else was faster. Choose another time.");
        }
    }

    /// <summary>Claims that stand: not those of provisional bookings whose time ran out.</summary>
    public IQueryable<SlotClaim> StandingClaims()
    {
        var now = time.UtcNow;
        return db.SlotClaims.AsNoTracking().Where(claim => !db.Appointments.Any(
            a => a.Id == claim.AppointmentId && (a.State == AppointmentState.Booked || a.State == AppointmentState.Offered) && a.ProvisionalUntilUtc != null && a.ProvisionalUntilUtc <= now));
    }

    private async Task<Failure.Invalid?> WhoAndWhereAsync(Guid practitionerId, Room? room, bool anyColumn, CancellationToken token)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!await db.Staff.AnyAsync(member => member.Id == practitionerId && member.IsActive && member.TakesAppointments, token))
        {
            errors[nameof(IBookedTime.PractitionerId)] = ["This person takes no appointments. Choose somebody else."];
        }
        else if (practitionerId != user.Id && !anyColumn)
        {
            errors[nameof(IBookedTime.PractitionerId)] = ["In this clinic everybody books in their own column. Choose yourself, or ask your colleague to book it."];
        }

        if (room is null)
        {
            errors[nameof(IBookedTime.RoomId)] = ["This room is closed. Choose another one."];
        }

        return errors.Count == 0 ? null : new Failure.Invalid(errors);
    }

    /// <summary>A free device of that kind which stands in the room or can be carried there.</summary>
    private async Task<(Guid? Device, Failure? None)> DeviceAsync(DeviceKind need, Room room, Spot spot, Guid? exceptAppointment, CancellationToken token)
    {
        var all = await db.Devices.AsNoTracking().Where(device => device.IsActive && device.Kind == need).OrderBy(device => device.RoomId == null).ThenBy(device => device.Name).ToListAsync(token);
        var here = all.Where(device => device.RoomId is null || device.RoomId == room.Id).ToList();
        if (here.Count == 0)
        {
            var where = all.Select(device => device.RoomId).ToList();
            var rooms = await db.Rooms.Where(r => r.IsActive && where.Contains(r.Id)).OrderBy(r => r.Name).Select(r => r.Name).ToListAsync(token);
            return (null, new Failure.Invalid(nameof(IBookedTime.RoomId), DeviceNeeds.NoneIn(room.Name, need, rooms)));
        }

        var ids = here.ConvertAll(device => device.Id);
        var busy = await StandingClaims()
            .Where(claim => ids.Contains(claim.ResourceId) && claim.SlotUtc >= spot.StartUtc && claim.SlotUtc < spot.EndUtc && claim.AppointmentId != exceptAppointment)
            .Select(claim => claim.ResourceId).Distinct().ToListAsync(token);
        return here.Find(device => !busy.Contains(device.Id)) is { } free
            ? (free.Id, null)
            : (null, new Failure.Conflict($"Just taken: {string.Join(" and ", here.Select(device => device.Name))} {(here.Count == 1 ? "is" : "are")} in use in this time. Choose another time{(all.Count > here.Count ? " or room" : "")}."));
    }

    /// <summary>Who or what is busy in that time, in words; null when everything is free.</summary>
    private async Task<string?> TakenAsync(Spot spot, Guid? patientId, Guid? exceptAppointment, CancellationToken token)
    {
        List<Guid> people = [spot.PractitionerId, patientId ?? Guid.Empty, spot.DeviceId ?? Guid.Empty];
        var taken = await StandingClaims()
            .Where(claim => claim.SlotUtc >= spot.StartUtc && claim.AppointmentId != exceptAppointment
                && ((people.Contains(claim.ResourceId) && claim.SlotUtc < spot.EndUtc) || (claim.ResourceId == spot.RoomId && claim.SlotUtc < spot.RoomFreeUtc)))
            .Select(claim => new { claim.Resource, claim.SlotUtc })
            .ToListAsync(token);
        if (taken.Count == 0)
        {
            return null;
        }

        var room = await db.Rooms.Where(r => r.Id == spot.RoomId).Select(r => r.Name).SingleAsync(token);
        var during = taken.Where(claim => claim.SlotUtc < spot.EndUtc).ToList();
        if (during.Count == 0)
        {
            var wall = await time.ToWallAsync(taken.Min(claim => claim.SlotUtc), token);
            return string.Create(CultureInfo.InvariantCulture,
                $"{room} is needed again at {wall:HH:mm}, and takes {spot.CleaningMinutes} minutes to clean. End by {wall.AddMinutes(-spot.CleaningMinutes):HH:mm}, or choose another room.");
        }

        if (during.TrueForAll(claim => claim.Resource == ResourceKind.Cleaning))
        {
            var wall = await time.ToWallAsync(during.Max(claim => claim.SlotUtc) + SlotClaim.Grain, token);
            return string.Create(CultureInfo.InvariantCulture, $"{room} is being cleaned until {wall:HH:mm}. Start then, or choose another room.");
        }

        return await SayAsync([.. during.Select(claim => claim.Resource).Where(kind => kind != ResourceKind.Cleaning).Distinct().Order()], spot, room, token);
    }

    private async Task<string> SayAsync(IReadOnlyList<ResourceKind> taken, Spot spot, string room, CancellationToken token)
    {
        var names = new List<string>();
        foreach (var kind in taken)
        {
            names.Add(kind switch
            {
                ResourceKind.Practitioner => await db.Staff.Where(member => member.Id == spot.PractitionerId).Select(member => member.Name).SingleAsync(token),
                ResourceKind.Room => room,
                ResourceKind.Device => await db.Devices.Where(device => device.Id == spot.DeviceId).Select(device => device.Name).SingleAsync(token),
                _ => "the patient",
            });
        }

        return $"Just taken: {string.Join(" and ", names)} {(names.Count == 1 ? "has" : "have")} another appointment in this time. Choose another time{(taken.Contains(ResourceKind.Patient) ? "" : taken.Contains(ResourceKind.Room) && names.Count == 1 ? " or room" : "")}.";
    }
}
