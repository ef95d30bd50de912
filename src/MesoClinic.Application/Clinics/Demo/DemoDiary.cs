using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Keeps the made-up appointments from overlapping: the next free time of a practitioner in a free room.</summary>
internal sealed class DemoDiary
{
    private static readonly TimeOnly Opens = new(9, 0);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private readonly HashSet<(Guid Resource, DateTime Slot)> taken = [];

    public (DateTime Start, Room Room) FirstFree(Guid practitioner, DateOnly day, int minutes, IReadOnlyList<Room> rooms)
    {
        for (var start = day.ToDateTime(Opens); ; start += Step)
        {
            var slots = Enumerable.Range(0, minutes / 5).Select(n => start.AddMinutes(5 * n)).ToList();
            if (slots.Exists(slot => taken.Contains((practitioner, slot))) || rooms.FirstOrDefault(r => !slots.Exists(slot => taken.Contains((r.Id, slot)))) is not { } room)
            {
                continue;
            }

            slots.ForEach(slot =>
            {
                taken.Add((practitioner, slot));
                taken.Add((room.Id, slot));
            });
            return (start, room);
        }
    }
}
