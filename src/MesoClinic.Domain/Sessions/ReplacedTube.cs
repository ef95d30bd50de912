namespace MesoClinic.Domain.Sessions;

/// <summary>
/// A tube of anaesthetic cream that stood in a record before the start and may not be used any more, recalled or expired, and was changed there for another one or for none. It may have been on the
/// skin, so a recall of its lot concerns the patient. Kept for ever.
/// </summary>
public sealed class ReplacedTube
{
    public required Guid SessionId { get; init; }
    public required Guid LotId { get; init; }
    public required DateTime AtUtc { get; init; }
}
