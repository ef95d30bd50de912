using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Appointments ahead that cannot take place as they are: somebody's leave, a holiday or new hours were entered over them, or a person, a room or a device is no longer there. Nobody moves them but a person.</summary>
public static class ListDisplaced
{
    private const int Most = 200;

    /// <param name="PractitionerId">Null: of everybody.</param>
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(Guid? PractitionerId = null) : IQuery<IReadOnlyList<Row>>;

    /// <param name="Start">On the clinic's wall clock.</param>
    /// <param name="Why">"Eva Lindt is on leave until 3 July."</param>
    public sealed record Row(Guid Id, string Patient, string? Phone, AppointmentKind Kind, DateTime Start, int Minutes, string Practitioner, string Why);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, RotaReader rotas) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        public async Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            var (rota, _) = await rotas.FromAsync(await time.TodayAsync(token), query.PractitionerId, token);
            var now = time.UtcNow;
            var ahead = await db.Appointments.AsNoTracking()
                .Where(a => a.StartUtc > now && a.State == AppointmentState.Booked && (query.PractitionerId == null || a.PractitionerId == query.PractitionerId))
                .OrderBy(a => a.StartUtc)
                .Select(a => new { a.Id, a.Patient!.GivenName, a.Patient.FamilyName, a.Patient.Phone, a.Kind, a.WallStart, a.StartUtc, a.EndUtc, a.PractitionerId, Practitioner = a.Practitioner!.Name, Works = a.Practitioner.IsActive && a.Practitioner.TakesAppointments, Room = a.Room!.Name, IsOpen = a.Room.IsActive, DeviceIsThere = a.Device == null || a.Device.IsActive, Device = a.Device!.Name })
                .ToListAsync(token);
            var displaced = new List<Row>();
            foreach (var a in ahead.TakeWhile(_ => displaced.Count < Most))
            {
                var why = !a.Works ? $"{a.Practitioner} takes no appointments any more. Move it to somebody else."
                    : !a.IsOpen ? $"{a.Room} is closed. Move it to another room."
                    : !a.DeviceIsThere ? $"{a.Device} is out of use. Move it to a room with another device."
                    : rota.Refuse(a.WallStart, await time.ToWallAsync(a.EndUtc, token), a.PractitionerId)?.Message;
                if (why is not null)
                {
                    displaced.Add(new Row(a.Id, $"{a.GivenName} {a.FamilyName}", a.Phone, a.Kind, a.WallStart, (int)(a.EndUtc - a.StartUtc).TotalMinutes, a.Practitioner, why));
                }
            }

            return displaced;
        }
    }
}
