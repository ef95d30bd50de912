using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Finds the free times of a day for what is asked: somebody who works, a room that can be cleaned afterwards, a device where one is needed, the patient.</summary>
internal sealed class DaySearch(ClinicDbContext db, CurrentUser user, ClinicTime time, Timetable timetable, RotaReader rotas)
{
    /// <summary>Offered starts lie on this grid.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <param name="Minutes">How long the appointment takes.</param>
    public sealed record Asked(Guid? PractitionerId, Guid? RoomId, Guid? PatientId, int Minutes, DeviceKind? Device)
    {
        /// <summary>Appointments that are to move: their own times are no obstacle.</summary>
        public IReadOnlyList<Guid> Without { get; init; } = [];

        public static Asked Of(IBookingRequest request) =>
            new(request.PractitionerId, request.RoomId, request.PatientId, request.Minutes!.Value, DeviceNeeds.Of(request.Kind, BookingPlan.Of(request)));
    }

    /// <summary>Everything that does not change from day to day.</summary>
    public async Task<Frame> PrepareAsync(Asked asked, DateOnly from, CancellationToken token)
    {
        var (rota, clinic) = await rotas.FromAsync(from, asked.PractitionerId, token);
        var practitioners = await db.Staff.AsNoTracking()
            .Where(member => member.IsActive && member.TakesAppointments && (asked.PractitionerId == null || member.Id == asked.PractitionerId) && (clinic.AnyoneBooksAnyColumn || member.Id == user.Id))
            .OrderBy(member => member.Name).Select(member => new Named(member.Id, member.Name)).ToListAsync(token);
        var rooms = await db.Rooms.AsNoTracking().Where(room => room.IsActive && (asked.RoomId == null || room.Id == asked.RoomId)).OrderBy(room => room.Name).ToListAsync(token);
        var devices = asked.Device is null ? [] : await db.Devices.AsNoTracking().Where(device => device.IsActive && device.Kind == asked.Device).ToListAsync(token);
        return new Frame(asked, rota, practitioners, rooms, devices);
    }

    /// <summary>The free times of that day, the earliest first; nothing when the clinic is closed.</summary>
    public async Task<IReadOnlyList<FreeTimes.FreeTime>> OfDayAsync(Frame frame, DateOnly day, CancellationToken token)
    {
        var working = frame.Practitioners.Select(p => (p.Id, p.Name, Spans: frame.Rota.FreeToWork(day, p.Id))).Where(p => p.Spans.Count > 0).ToList();
        if (frame.Rota.OpenOn(day) is not { } open || working.Count == 0)
        {
            return [];
        }

        var asked = frame.Asked;
        var taken = await TakenAsync(
            asked.Without, day, [.. working.Select(p => p.Id), .. frame.Rooms.Select(r => r.Id), .. frame.Devices.Select(d => d.Id), .. asked.PatientId is { } id ? [id] : Array.Empty<Guid>()], token);
        var found = new List<FreeTimes.FreeTime>();
        foreach (var (start, startUtc) in await StartsAsync(day, open, asked.Minutes, token))
        {
            var end = start.AddMinutes(asked.Minutes);
            var practitioner = working.Find(p => p.Spans.Any(span => span.From <= start && end <= span.To) && IsFree(p.Id, startUtc, asked.Minutes));
            var room = frame.Rooms.FirstOrDefault(r => IsFree(r.Id, startUtc, asked.Minutes + r.CleaningMinutes)
                && (asked.Device is null || frame.Devices.Any(d => (d.RoomId is null || d.RoomId == r.Id) && IsFree(d.Id, startUtc, asked.Minutes))));
            if (practitioner.Name is not null && room is not null && (asked.PatientId is not { } patient || IsFree(patient, startUtc, asked.Minutes)))
            {
                found.Add(new FreeTimes.FreeTime(day, start, practitioner.Id, practitioner.Name, room.Id, room.Name));
            }
        }

        return found;

        bool IsFree(Guid resource, DateTime startUtc, int minutes)
        {
            for (var slot = startUtc; slot < startUtc.AddMinutes(minutes); slot += SlotClaim.Grain)
            {
                if (taken.Contains((resource, slot)))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private async Task<HashSet<(Guid Resource, DateTime Slot)>> TakenAsync(IReadOnlyList<Guid> without, DateOnly day, List<Guid> resources, CancellationToken token)
    {
        var (from, until) = await time.DayAsync(day, token);
        var claims = await timetable.StandingClaims().Where(claim => resources.Contains(claim.ResourceId) && claim.SlotUtc >= from && claim.SlotUtc < until && !without.Contains(claim.AppointmentId))
            .Select(claim => new { claim.ResourceId, claim.SlotUtc }).ToListAsync(token);
        return [.. claims.Select(claim => (claim.ResourceId, claim.SlotUtc))];
    }

    /// <summary>Starts that exist once on the wall clock, are still to come, and end before closing time.</summary>
    private async Task<List<(TimeOnly Start, DateTime StartUtc)>> StartsAsync(DateOnly day, DayHours open, int minutes, CancellationToken token)
    {
        var starts = new List<(TimeOnly, DateTime)>();
        for (var wall = day.ToDateTime(open.From); wall.AddMinutes(minutes) <= day.ToDateTime(open.To); wall += Step)
        {
            var (utc, problem) = await time.ToUtcAsync(wall, token);
            if (problem is null && utc >= time.UtcNow)
            {
                starts.Add((TimeOnly.FromDateTime(wall), utc));
            }
        }

        return starts;
    }

    public sealed record Named(Guid Id, string Name);

    public sealed record Frame(Asked Asked, Rota Rota, IReadOnlyList<Named> Practitioners, IReadOnlyList<Room> Rooms, IReadOnlyList<Device> Devices);
}
