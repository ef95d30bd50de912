using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>All devices, those in use first.</summary>
public static class ListDevices
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<IReadOnlyList<DeviceRow>>;

    /// <param name="Room">Null: it is carried to where it is needed.</param>
    public sealed record DeviceRow(Guid Id, string Name, DeviceKind Kind, Guid? RoomId, string? Room, bool IsActive, Guid Version);

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Query, Outcome<IReadOnlyList<DeviceRow>>>
    {
        public async Task<Outcome<IReadOnlyList<DeviceRow>>> Handle(Query query, CancellationToken token) =>
            await db.Devices.AsNoTracking().OrderByDescending(device => device.IsActive).ThenBy(device => device.Name)
                .Select(device => new DeviceRow(
                    device.Id, device.Name, device.Kind, device.RoomId, db.Rooms.Where(room => room.Id == device.RoomId).Select(room => room.Name).FirstOrDefault(), device.IsActive, device.Version))
                .ToListAsync(token);
    }
}
