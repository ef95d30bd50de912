using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Triage;

/// <summary>What a patient reports after a session. Null or missing = not answered.</summary>
/// <param name="Symptom">One of the vocabulary's symptoms.</param>
public sealed record SymptomReport(string Symptom)
{
    public static readonly IReadOnlyDictionary<string, string> NoModifiers = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Hours from the end of the session to the first sign; of a symptom timed from the session (open punctures), to now.</summary>
    public decimal? OnsetHours { get; init; }

    /// <summary>Hours for which it has lasted.</summary>
    public decimal? DurationHours { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>Answers by modifier: "yes", "no" or another of its options.</summary>
    public IReadOnlyDictionary<string, string> Modifiers { get; init; } = NoModifiers;
}
