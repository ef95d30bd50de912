namespace MesoClinic.Domain.Booking;

/// <summary>A time with everybody and everything that it needs.</summary>
/// <param name="StartUtc">On the 5-minute grid, as is the end.</param>
/// <param name="WallStart">Start on the clinic's wall clock.</param>
/// <param name="DeviceId">Null: no device is needed.</param>
/// <param name="CleaningMinutes">How long the room stays closed afterwards; on the 5-minute grid.</param>
public sealed record Spot(DateTime StartUtc, DateTime EndUtc, DateTime WallStart, Guid PractitionerId, Guid RoomId, Guid? DeviceId = null, int CleaningMinutes = 0)
{
    /// <summary>When the room is free again.</summary>
    public DateTime RoomFreeUtc => EndUtc.AddMinutes(CleaningMinutes);
}
