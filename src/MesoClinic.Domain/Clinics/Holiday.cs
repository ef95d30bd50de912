namespace MesoClinic.Domain.Clinics;

/// <summary>A day on which the clinic is closed, whatever the weekday says.</summary>
public sealed class Holiday
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DateOnly Date { get; init; }

    /// <summary>What patients and colleagues read: "Christmas Day".</summary>
    public required string Name { get; init; }
}
