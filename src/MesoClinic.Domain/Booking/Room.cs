namespace MesoClinic.Domain.Booking;

public sealed class Room : IVersioned
{
    public const int LongestCleaning = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>How long it is cleaned after each appointment, in steps of five minutes; nobody can be booked into it meanwhile.</summary>
    public int CleaningMinutes { get; set; }
    public bool IsActive { get; set; } = true;
    public Guid Version { get; set; }
}
