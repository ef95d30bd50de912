using System.Data.Common;
using System.Globalization;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Which times the clinic can offer: opening hours, the wall clock, who and what is free. The claims' key has the last word.</summary>
internal sealed class Timetable(ClinicDbContext db, ClinicTime time, CurrentUser user, DatabaseEngine engine)
{
    public const string Expired = "The time held for this provisional booking ran out before it was confirmed.";

    public sealed record Slot(DateTime StartUtc, DateTime EndUtc, DateTime WallStart);

    /// <summary>The instants of a wall-clock time that may be booked, or why it may not.</summary>
    public async Task<(Slot? Slot, Failure.Invalid? Problem)> SlotAsync(IBookedTime asked, CancellationToken token)
    {
        var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
        var wall = asked.Date!.Value.ToDateTime(asked.Start!.Value);
        var (startUtc, problem) = await time.ToUtcAsync(wall, token);
        if (problem is not null)
        {
            return (null, new Failure.Invalid(nameof(asked.Start), problem));
        }

        var endUtc = startUtc.AddMinutes(asked.Minutes!.Value);
        var wallEnd = await time.ToWallAsync(endUtc, token);
        if (startUtc < time.UtcNow)
        {
            return (null, new Failure.Invalid(asked.Date < await time.TodayAsync(token) ? nameof(asked.Date) : nameof(asked.Start), "This time has passed. Choose one that is still to come."));
        }

        return asked.Start < clinic.OpensAt || wallEnd > asked.Date.Value.ToDateTime(clinic.ClosesAt)
            ? (null, new Failure.Invalid(nameof(asked.Start), string.Create(CultureInfo.InvariantCulture, $"The clinic is open from {clinic.OpensAt:HH:mm} to {clinic.ClosesAt:HH:mm}. Choose a time within, or a shorter appointment.")))
            : (new Slot(startUtc, endUtc, wall), null);
    }

    /// <summary>Whether this practitioner and room can be booked at all, and by this person.</summary>
    public async Task<Failure.Invalid?> ResourcesAsync(Guid practitionerId, Guid roomId, CancellationToken token)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!await db.Staff.AnyAsync(member => member.Id == practitionerId && member.IsActive && member.TakesAppointments, token))
        {
            errors[nameof(IBookedTime.PractitionerId)] = ["This person takes no appointments. Choose somebody else."];
        }
        else if (practitionerId != user.Id && !await db.Clinics.Select(clinic => clinic.AnyoneBooksAnyColumn).SingleAsync(token))
        {
            errors[nameof(IBookedTime.PractitionerId)] = ["In this clinic everybody books in their own column. Choose yourself, or ask your colleague to book it."];
        }

        if (!await db.Rooms.AnyAsync(room => room.Id == roomId && room.IsActive, token))
        {
            errors[nameof(IBookedTime.RoomId)] = ["This room is closed. Choose another one."];
        }

        return errors.Count == 0 ? null : new Failure.Invalid(errors);
    }

    /// <summary>Who or what is busy in that time, in words; null when all three are free.</summary>
    public async Task<string?> TakenAsync(Guid practitionerId, Guid roomId, Guid? patientId, Slot slot, Guid? exceptAppointment, CancellationToken token)
    {
        var now = time.UtcNow;
        var resources = new List<Guid> { practitionerId, roomId, patientId ?? Guid.Empty };
        var taken = await db.SlotClaims.AsNoTracking()
            .Where(claim => resources.Contains(claim.ResourceId) && claim.SlotUtc >= slot.StartUtc && claim.SlotUtc < slot.EndUtc && claim.AppointmentId != exceptAppointment)
            .Join(db.Appointments, claim => claim.AppointmentId, appointment => appointment.Id, (claim, appointment) => new { claim.Resource, claim.SlotUtc, appointment.State, appointment.ProvisionalUntilUtc })
            .Where(found => !(found.State == AppointmentState.Booked && found.ProvisionalUntilUtc != null && found.ProvisionalUntilUtc <= now))
            .Select(found => new { found.Resource, found.SlotUtc })
            .ToListAsync(token);
        return taken.Count == 0 ? null : await SayAsync([.. taken.Select(found => found.Resource).Distinct().Order()], practitionerId, roomId, token);
    }

    /// <summary>Cancels the provisional bookings in the way whose time has run out. <paramref name="slot"/> null: all of them.</summary>
    public async Task<int> ReleaseExpiredAsync(Slot? slot, CancellationToken token)
    {
        var now = time.UtcNow;
        var expired = db.Appointments.Include(a => a.Claims).Where(a => a.State == AppointmentState.Booked && a.ProvisionalUntilUtc != null && a.ProvisionalUntilUtc <= now);
        var released = await (slot is null ? expired : expired.Where(a => a.StartUtc < slot.EndUtc && a.EndUtc > slot.StartUtc)).ToListAsync(token);
        released.ForEach(appointment => appointment.Cancel(Expired));

        // At once: a claim that is deleted and inserted in one batch would meet itself.
        await db.SaveChangesAsync(token);
        return released.Count;
    }

    /// <summary>Saves; if somebody else's claim came first, says whose time it was.</summary>
    public async Task<Failure.Conflict?> SaveAsync(Appointment appointment, CancellationToken token)
    {
        try
        {
            await db.SaveChangesAsync(token);
            return null;
        }
        catch (DbUpdateException error) when (error is not DbUpdateConcurrencyException && error.InnerException is DbException inner && engine.IsUniqueViolation(inner))
        {
            var slot = new Slot(appointment.StartUtc, appointment.EndUtc, appointment.WallStart);
            return new Failure.Conflict(await TakenAsync(appointment.PractitionerId, appointment.RoomId, appointment.PatientId, slot, appointment.Id, token)
                ?? "Just taken: somebody else was faster. Choose another time.");
        }
    }

    private async Task<string> SayAsync(IReadOnlyList<ResourceKind> taken, Guid practitionerId, Guid roomId, CancellationToken token)
    {
        var names = new List<string>();
        foreach (var kind in taken)
        {
            names.Add(kind switch
            {
                ResourceKind.Practitioner => await db.Staff.Where(member => member.Id == practitionerId).Select(member => member.Name).SingleAsync(token),
                ResourceKind.Room => await db.Rooms.Where(room => room.Id == roomId).Select(room => room.Name).SingleAsync(token),
                _ => "the patient",
            });
        }

        return $"Just taken: {string.Join(" and ", names)} {(names.Count == 1 ? "has" : "have")} another appointment in this time. Choose another time{(taken.Contains(ResourceKind.Patient) ? "" : taken.Contains(ResourceKind.Room) && names.Count == 1 ? " or room" : "")}.";
    }
}
