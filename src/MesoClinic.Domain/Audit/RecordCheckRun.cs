namespace MesoClinic.Domain.Audit;

/// <summary>One walk over everything that was signed.</summary>
public sealed class RecordCheckRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When the walk ended, in UTC.</summary>
    public required DateTime AtUtc { get; init; }

    /// <summary>How many signed records were read, and how many consents; consents older than the hash are left out.</summary>
    public int Records { get; init; }
    public int Consents { get; init; }

    /// <summary>Those that are not as they were signed.</summary>
    public List<Guid> ChangedRecords { get; init; } = [];
    public List<Guid> ChangedConsents { get; init; } = [];

    /// <summary>The kind of error that ended the walk before its time; null = it came to its end.</summary>
    public string? Error { get; init; }

    public bool Holds => ChangedRecords.Count == 0 && ChangedConsents.Count == 0;
}
