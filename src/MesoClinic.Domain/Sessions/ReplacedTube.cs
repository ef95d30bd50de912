namespace MesoClinic.Domain.Sessions;

/// <summary>
/// A tube of anaesthetic cream that was on the skin, or may have been, beside the one that a record names: it stood there before the start and may not be used any more, recalled or expired, and was
/// changed for another one or for none; or it was used as well, and noted afterwards. A recall of its lot concerns the patient. Kept for ever.
/// </summary>
public sealed class ReplacedTube
{
    public required Guid SessionId { get; init; }
    public required Guid LotId { get; init; }
    public required DateTime AtUtc { get; init; }

    /// <summary>The cream's name as its label read then; empty in rows older than the question.</summary>
    public string ProductName { get; init; } = "";
}
