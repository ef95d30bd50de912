using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>Which device a plan needs, and where there is one.</summary>
internal static class DeviceNeeds
{
    /// <summary>Null: no device. Only sessions need one: tests are placed by hand.</summary>
    public static DeviceKind? Of(AppointmentKind kind, PlannedTreatment? plan) => kind != AppointmentKind.Session ? null : plan switch
    {
        { Technique: "alt-electrophoresis" } => DeviceKind.Electrophoresis,
        { Technique: "alt-phonophoresis" } => DeviceKind.Ultrasound,
        { Technique: "alt-laser-biorevitalisation" } => DeviceKind.Laser,
        { Technique: "alt-electroporation" } => DeviceKind.Electroporation,
        { Administration: "tech-device" } => DeviceKind.Injector,
        _ => null,
    };

    public static string Word(this DeviceKind kind) => kind switch
    {
        DeviceKind.Electrophoresis => "electrophoresis device",
        DeviceKind.Ultrasound => "ultrasound device",
        DeviceKind.Laser => "laser",
        DeviceKind.Electroporation => "electroporation device",
        _ => "automatic injector",
    };

    /// <summary>Why the room will not do: "Room 2 has no automatic injector; Room 1 has one."</summary>
    public static string NoneIn(string room, DeviceKind kind, IReadOnlyList<string> roomsWithOne)
    {
        var (word, rest) = (kind.Word(), roomsWithOne.Count > 1 ? "have one" : "has one");
        return roomsWithOne.Count == 0
            ? $"The clinic has no {word} in use. Plan it another way, or ask a manager to enter the device."
            : $"{room} has no {word}; {string.Join(" and ", roomsWithOne)} {rest}.";
    }
}
