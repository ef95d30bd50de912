using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Aftercare;

/// <summary>One thing to do, or not to do, after the sessions that were done.</summary>
/// <param name="Id">Stable id of the rule (ac-…).</param>
/// <param name="Do">True: a recommendation. False: a ban.</param>
/// <param name="From">When the rule begins: of a ban over several sessions, when the unbroken ban began.</param>
/// <param name="Until">The first instant at which the rule no longer holds; null = it has no end, because the patient must avoid this in any case.</param>
/// <param name="Now">What holds at the instant asked about.</param>
/// <param name="Subject">The thing itself in a few words, for lists under a heading such as "You may now".</param>
/// <param name="Hint">A few words beside the subject, or null.</param>
/// <param name="Text">The whole instruction as a sentence to the patient.</param>
/// <param name="Why">The reason in one sentence.</param>
/// <param name="Sources">Keys of the source registry.</param>
public sealed record TimelineEntry(
    string Id,
    string Category,
    bool Do,
    Strictness Strictness,
    DateTimeOffset From,
    DateTimeOffset? Until,
    AftercareState Now,
    string Subject,
    string? Hint,
    string Text,
    string Why,
    IReadOnlyList<string> Sources);

/// <summary>What the patient may do at one instant. The order of the members is the order of the list: the strictest first.</summary>
public enum AftercareState
{
    /// <summary>Banned, or recommended only from a later hour.</summary>
    NotAllowed,

    /// <summary>Recommended now.</summary>
    Do,

    /// <summary>The ban has ended, or the recommendation has.</summary>
    Allowed,
}
