namespace MesoClinic.Domain.Booking;

public sealed class Room : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public bool IsActive { get; set; } = true;
    public Guid Version { get; set; }
}
