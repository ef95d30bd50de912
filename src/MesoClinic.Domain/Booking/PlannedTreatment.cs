namespace MesoClinic.Domain.Booking;

/// <summary>What an appointment is for, as far as it is known when it is booked.</summary>
public sealed record PlannedTreatment
{
    /// <summary>ind-…</summary>
    public string? Indication { get; init; }
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>tech-… or alt-….</summary>
    public string? Technique { get; init; }

    /// <summary>tech-manual or tech-device.</summary>
    public string? Administration { get; init; }

    /// <summary>ing-…</summary>
    public IReadOnlyList<string> Ingredients { get; init; } = [];
}
