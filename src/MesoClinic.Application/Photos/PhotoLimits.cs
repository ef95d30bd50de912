namespace MesoClinic.Application.Photos;

/// <summary>What the clinic takes in. The browser makes photographs smaller before it sends them; these limits stop what comes past it.</summary>
public sealed record PhotoLimits
{
    /// <summary>Largest file, in bytes.</summary>
    public long Bytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>In pixels.</summary>
    public int Side { get; init; } = 12_000;
    public long Pixels { get; init; } = 50_000_000;
    public int PerSession { get; init; } = 30;
    public int PerPatient { get; init; } = 600;

    /// <summary>Where the encrypted files lie; made when the first one comes.</summary>
    public required string Folder { get; init; }
}
