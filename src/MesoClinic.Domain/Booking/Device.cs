namespace MesoClinic.Domain.Booking;

/// <summary>An apparatus that some treatments need. It can be used for one patient at a time, like a room.</summary>
public sealed class Device : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public required DeviceKind Kind { get; set; }

    /// <summary>Where it stands; null: it is carried to where it is needed.</summary>
    public Guid? RoomId { get; set; }
    public bool IsActive { get; set; } = true;
    public Guid Version { get; set; }
}

public enum DeviceKind
{
    /// <summary>Automatic injector ("mesogun").</summary>
    Injector,
    Electrophoresis,
    Ultrasound,
    Laser,
    Electroporation,
}
