namespace MesoClinic.Domain.Rules;

/// <summary>A rule of the clinic's own on its way into the book: drafted, replayed over last year's sessions, approved by the responsible physician, published.</summary>
public sealed class RuleDraft : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required RuleDraftKind Kind { get; init; }

    /// <summary>Id of the rule that is added (ci-clinic-…), or of the built-in rule that is made stricter.</summary>
    public required string Rule { get; set; }

    /// <summary>The rule in the form of seeds/contraindications.json.</summary>
    public required string Json { get; set; }

    /// <summary>Why the clinic wants it.</summary>
    public required string Note { get; set; }
    public RuleDraftState State { get; set; }
    public required Guid CreatedById { get; init; }
    public required DateTime CreatedUtc { get; init; }
    public DateTime? ReplayedUtc { get; set; }

    /// <summary>Content hash of the rule that was replayed: approving asks for a replay of exactly this text.</summary>
    public string? ReplayedHash { get; set; }
    public int? SessionsReplayed { get; set; }

    /// <summary>Sessions of the last year that the rule would have stopped; null: fewer than are told, or not replayed.</summary>
    public int? SessionsStopped { get; set; }
    public Guid? ApprovedById { get; set; }
    public DateTime? ApprovedUtc { get; set; }
    public Guid Version { get; set; }
}

public enum RuleDraftKind
{
    Addition,

    /// <summary>Replaces a built-in rule by one that stops more; never by a milder one.</summary>
    Stricter,

    /// <summary>Takes a rule of the clinic's own out of the book again; built-in rules cannot be taken out.</summary>
    Removal,
}

public enum RuleDraftState
{
    Draft,
    Approved,
    Published,
    Discarded,
}
