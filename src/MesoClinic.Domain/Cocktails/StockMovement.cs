namespace MesoClinic.Domain.Cocktails;

/// <summary>One change of a lot's stock: what came, what was opened, what was found missing. Never changed or deleted.</summary>
public sealed class StockMovement
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid LotId { get; init; }
    public required StockReason Reason { get; init; }

    /// <summary>Ampoules; negative when they leave the stock.</summary>
    public required int Change { get; init; }

    /// <summary>Ampoules in stock afterwards.</summary>
    public required int Left { get; init; }

    /// <summary>The day of the delivery; null for everything else.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>The session that the ampoules were opened for.</summary>
    public Guid? SessionId { get; init; }
    public required DateTime AtUtc { get; init; }

    /// <summary>Null in what was kept before the history of the stock was.</summary>
    public Guid? ById { get; init; }
}

public enum StockReason
{
    /// <summary>A delivery.</summary>
    Received,

    /// <summary>Opened for a session and taken out of the stock when its record was signed.</summary>
    Session,

    /// <summary>Opened for an allergy test.</summary>
    TestDose,

    /// <summary>Opened, and nothing of it injected: an opened ampoule never goes back.</summary>
    OpenedUnused,
    Broken,

    /// <summary>Past its last day of use and thrown away.</summary>
    Expired,

    /// <summary>Sent back or destroyed after a recall.</summary>
    Withdrawn,
    Lost,

    /// <summary>Counted anew: the shelf holds another number than the list.</summary>
    Counted,
}
