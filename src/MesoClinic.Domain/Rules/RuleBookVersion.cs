namespace MesoClinic.Domain.Rules;

/// <summary>The clinic's own rules as published: together with the built-in ones they are the rule book in force. Append-only; going back publishes the old content again.</summary>
public sealed class RuleBookVersion
{
    /// <summary>1, 2, 3, … The highest is in force. Before the first, the built-in rules stand alone.</summary>
    public required int Number { get; init; }

    /// <summary>All rules of the clinic's own in this version, in the form of seeds/contraindications.json.</summary>
    public required string Json { get; init; }

    /// <summary>Hash of the whole book, built-in rules included, when it was published.</summary>
    public required string RuleBook { get; init; }

    /// <summary>What changed, in the words of who published it.</summary>
    public required string Note { get; init; }
    public required Guid ApprovedById { get; init; }
    public required Guid PublishedById { get; init; }
    public required DateTime PublishedUtc { get; init; }

    /// <summary>The earlier version whose content was taken up again.</summary>
    public int? RestoredFrom { get; init; }
}
