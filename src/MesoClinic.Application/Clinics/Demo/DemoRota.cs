using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>The demo clinic's hours, closing day, leave and devices. Free days lie relative to today, so that the appointments that are told of fit into them whenever the clinic is filled.</summary>
internal sealed class DemoRota(DateOnly today, DemoIds ids)
{
    public static List<DayHours> OpeningHours =>
        [.. DayHours.Week.Select(day => day is DayOfWeek.Saturday or DayOfWeek.Sunday ? Hours(day, 10, 18) : Hours(day, 9, 19))];

    public Holiday Closed { get; } = new() { Id = ids.Next(), Date = today.AddDays(16), Name = "Team day" };

    /// <summary>Gives each their hours and leave; one appointment already lies in Linh's training, so that the list of what must be moved has something to show.</summary>
    public void Apply(IReadOnlyDictionary<string, StaffMember> staff)
    {
        Work(staff["Irina Volkova"], freeOn: today.AddDays(2).DayOfWeek, new(13, 0), new(13, 30));
        Work(staff["Linh Tran"], freeOn: today.AddDays(6).DayOfWeek, new(12, 30), new(13, 0));
        staff["Linh Tran"].Leave.Add(new Leave { Id = ids.Next(), From = today.AddDays(11), Until = today.AddDays(11), Kind = LeaveKind.Training });
        staff["Marta Keller"].Leave.Add(new Leave { Id = ids.Next(), From = today.AddDays(20), Until = today.AddDays(26) });
    }

    public IReadOnlyList<Device> Devices(IReadOnlyList<Room> rooms) =>
    [
        new() { Id = ids.Next(), Name = "Injector 1", Kind = DeviceKind.Injector, RoomId = rooms[0].Id },
        new() { Id = ids.Next(), Name = "Electrophoresis 1", Kind = DeviceKind.Electrophoresis },
    ];

    /// <summary>Without leave: it is entered after what is booked.</summary>
    public static Rota Of(IEnumerable<StaffMember> staff) =>
        new(OpeningHours, new Dictionary<DateOnly, string>(), staff.ToDictionary(member => member.Id, member => new Rota.Practitioner(member.Name, member.Hours, [])));

    private static void Work(StaffMember member, DayOfWeek freeOn, TimeOnly breakFrom, TimeOnly breakTo) =>
        member.Hours = [.. OpeningHours.Where(hours => hours.Day != freeOn).Select(hours => hours with { BreakFrom = breakFrom, BreakTo = breakTo })];

    private static DayHours Hours(DayOfWeek day, int from, int to) => new() { Day = day, From = new(from, 0), To = new(to, 0) };
}
