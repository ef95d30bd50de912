namespace MesoClinic.Domain.Cocktails;

/// <summary>One recall of a lot. One that was a mistake is lifted with its reason, and stays.</summary>
public sealed class LotRecall : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid LotId { get; init; }
    public Lot? Lot { get; init; }

    /// <summary>Who recalled it, and under which reference.</summary>
    public required string Reason { get; init; }
    public required DateTime RecalledUtc { get; init; }

    /// <summary>Null in what was kept before recalls had a history.</summary>
    public Guid? RecalledById { get; init; }
    public DateTime? LiftedUtc { get; set; }
    public Guid? LiftedById { get; set; }
    public string? LiftReason { get; set; }
    public Guid Version { get; set; }
}

/// <summary>One attempt to tell a patient of a recall. The newest one says how far it is; none is ever changed.</summary>
public sealed class RecallContact
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RecallId { get; init; }
    public required Guid PatientId { get; init; }
    public required RecallOutcome Outcome { get; init; }
    public required ContactWay Way { get; init; }
    public required DateTime AtUtc { get; init; }
    public required Guid ById { get; init; }
}

public enum RecallOutcome
{
    /// <summary>Tried, and nobody answered.</summary>
    NotReached,

    /// <summary>A message was left or a letter sent; the patient has not said that it was understood.</summary>
    Reached,

    /// <summary>The patient has understood what to look for and whom to call.</summary>
    Acknowledged,

    /// <summary>What was written down last was a slip: the patient is to be reached again.</summary>
    EnteredByMistake,
}

public enum ContactWay
{
    Phone,
    InPerson,
    Letter,
    Email,
}
