using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Keeps the made-up appointments from overlapping: the next free time of a practitioner in a free room, from today on within working hours.</summary>
internal sealed class DemoDiary(Rota rota, DateOnly today)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private static readonly (TimeOnly From, TimeOnly To) AnyTime = (new(9, 0), new(21, 0));
    private readonly HashSet<(Guid Resource, DateTime Slot)> taken = [];

    public (DateTime Start, Room Room) FirstFree(Guid practitioner, DateOnly day, int minutes, IReadOnlyList<Room> rooms)
    {
        for (; ; day = day.AddDays(1))
        {
            foreach (var (from, to) in day < today ? [AnyTime] : rota.FreeToWork(day, practitioner))
            {
                for (var start = day.ToDateTime(from); start.AddMinutes(minutes) <= day.ToDateTime(to); start += Step)
                {
                    if (IsFree(practitioner, start, minutes) && rooms.FirstOrDefault(room => IsFree(room.Id, start, minutes + room.CleaningMinutes)) is { } room)
                    {
                        Take(practitioner, start, minutes);
                        Take(room.Id, start, minutes + room.CleaningMinutes);
                        return (start, room);
                    }
                }
            }
        }
    }

    private bool IsFree(Guid resource, DateTime start, int minutes) => Slots(start, minutes).All(slot => !taken.Contains((resource, slot)));

    private void Take(Guid resource, DateTime start, int minutes) => taken.UnionWith(Slots(start, minutes).Select(slot => (resource, slot)));

    private static IEnumerable<DateTime> Slots(DateTime start, int minutes) => Enumerable.Range(0, minutes / 5).Select(n => start.AddMinutes(5 * n));
}
