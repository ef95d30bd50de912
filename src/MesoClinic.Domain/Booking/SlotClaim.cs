namespace MesoClinic.Domain.Booking;

/// <summary>Five minutes of one resource. Its key is (resource, slot): two appointments can never hold the same one, whatever the code does.</summary>
public sealed class SlotClaim
{
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Practitioner, room, device or patient.</summary>
    public required Guid ResourceId { get; init; }
    public required DateTime SlotUtc { get; init; }
    public required Guid AppointmentId { get; init; }
    public required ResourceKind Resource { get; set; }
}

public enum ResourceKind
{
    Practitioner,
    Room,
    Patient,
    Device,

    /// <summary>The room, after the appointment.</summary>
    Cleaning,
}
