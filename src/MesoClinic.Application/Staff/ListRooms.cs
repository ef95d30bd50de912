using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>All rooms, those in use first.</summary>
public static class ListRooms
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<IReadOnlyList<RoomRow>>;

    public sealed record RoomRow(Guid Id, string Name, int CleaningMinutes, bool IsActive, int AppointmentsAhead, Guid Version);

    internal sealed class Handler(ClinicDbContext db, TimeProvider clock) : IRequestHandler<Query, Outcome<IReadOnlyList<RoomRow>>>
    {
        public async Task<Outcome<IReadOnlyList<RoomRow>>> Handle(Query query, CancellationToken token)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return await db.Rooms.AsNoTracking().OrderByDescending(room => room.IsActive).ThenBy(room => room.Name)
                .Select(room => new RoomRow(
                    room.Id, room.Name, room.CleaningMinutes, room.IsActive,
                    db.Appointments.Count(a => a.RoomId == room.Id && a.StartUtc > now && a.State != Domain.Booking.AppointmentState.Cancelled), room.Version))
                .ToListAsync(token);
        }
    }
}
