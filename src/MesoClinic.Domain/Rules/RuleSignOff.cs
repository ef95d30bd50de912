namespace MesoClinic.Domain.Rules;

/// <summary>The responsible physician has read one rule as it stood and answers for it. A changed rule is unsigned again. Append-only.</summary>
public sealed class RuleSignOff
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Id of the row (ci-…, tr-…, ic-…).</summary>
    public required string Rule { get; init; }

    /// <summary>Content hash of the row that was read.</summary>
    public required string RuleHash { get; init; }

    /// <summary>Hash of the whole book on that day.</summary>
    public required string RuleBook { get; init; }
    public required Guid SignedById { get; init; }

    /// <summary>As typed when signing.</summary>
    public required string SignedName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime SignedUtc { get; init; }
}
