namespace MesoClinic.Domain.Booking;

/// <summary>Five minutes of one resource. Its key is (resource, slot): two appointments can never hold the same one, whatever the code does.</summary>
public sealed class SlotClaim
{
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>Practitioner, room or patient.</summary>
    public required Guid ResourceId { get; init; }
    public required DateTime SlotUtc { get; init; }
    public required Guid AppointmentId { get; init; }
    public required ResourceKind Resource { get; init; }
}

public enum ResourceKind
{
    Practitioner,
    Room,
    Patient,
}
