using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Triage;

/// <summary>The answer to a report. There always is one.</summary>
/// <param name="Rules">Rows of the triage table that match (tg-…); the one that decides stands first.</param>
/// <param name="Steps">What to do, one step a sentence, to the patient.</param>
/// <param name="Complications">What may lie behind it (cx-…), those of the deciding row first.</param>
public sealed record TriageResult(TriageLevel Level, IReadOnlyList<string> Rules, IReadOnlyList<string> Steps, IReadOnlyList<string> Complications)
{
    /// <summary>The steps as one text.</summary>
    public string Advice => string.Join(' ', Steps);
}
