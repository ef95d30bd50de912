namespace MesoClinic.Domain.Audit;

/// <summary>Who did or read what, and when. Append-only, and chained: each row's hash covers the row before it.</summary>
public sealed class AuditEntry
{
    public const int LongestDetail = 700;

    /// <summary>1, 2, 3 … without gaps.</summary>
    public required long Sequence { get; init; }
    public required DateTime AtUtc { get; init; }
    public Guid? UserId { get; init; }

    /// <summary>Name of the request, such as "BookAppointment"; never its content.</summary>
    public required string Action { get; init; }

    /// <summary>"Done", or the kind of refusal.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whose record it concerns.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The appointment, session or other record, if any.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>For a chart opened with a reason: that reason.</summary>
    public string? Reason { get; init; }

    /// <summary>For a corrected telephone number or address, a product's label and a recipe: what it was and what it became. For a signature: the hash of what was signed. Never anything of a person's health.</summary>
    public string? Detail { get; init; }

    /// <summary>Finds the lines of the log that belong to it.</summary>
    public required string Correlation { get; init; }

    /// <summary>HMAC-SHA-256 over the previous hash and this row, under a key that lies outside the database.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>The chain's last link. It is updated under a lock with each new entry, so that cutting the tail off shows.</summary>
public sealed class AuditHead
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public long Sequence { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>A command that took effect, so that sending it again gives the first answer and does nothing twice.</summary>
public sealed class ProcessedCommand
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>HMAC-SHA-256 of the command, under the audit key: the same id with other content is refused.</summary>
    public required string ContentHash { get; init; }
    public required string Result { get; init; }
    public required DateTime AtUtc { get; init; }
}
