namespace MesoClinic.Rules.Conditions;

/// <summary>What a predicate or a whole rule comes to.</summary>
/// <param name="Because">When yes: the facts, in words.</param>
/// <param name="Missing">When unknown: the facts that would settle it, as question ids and field paths.</param>
public sealed record Reading(Truth Truth, IReadOnlyList<string> Because, IReadOnlyList<string> Missing);
