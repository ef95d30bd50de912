using System.Collections.Frozen;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Triage;

/// <summary>Answers what a patient reports, from the triage table alone. Build it when the knowledge is loaded and keep it.</summary>
public sealed class TriageTable
{
    private const string UnknownRow = "tg-unknown";
    private const string Yes = "yes";

    private readonly ILookup<string, TriageRule> rows;
    private readonly FrozenSet<string> timedFromSession;
    private readonly TriageRule unknown;
    private readonly TriageQuestions questions;

    public TriageTable(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        rows = knowledge.Triage.ToLookup(row => row.Symptom, StringComparer.Ordinal);
        unknown = knowledge.Triage.Single(row => string.Equals(row.Id, UnknownRow, StringComparison.Ordinal));
        timedFromSession = knowledge.Vocabulary.Symptoms.Where(symptom => symptom.TimedFromSession).Select(symptom => symptom.Id).ToFrozenSet(StringComparer.Ordinal);
        questions = new TriageQuestions(this, knowledge.Vocabulary.Modifiers);
        Symptoms = knowledge.Vocabulary.Symptoms
            .Select(symptom => new SymptomChoice(symptom, IsRedFlag(symptom.Id)))
            .OrderByDescending(choice => choice.RedFlag)
            .ToList();
    }

    /// <summary>All symptoms to choose from, in the order to show them: red flags first.</summary>
    public IReadOnlyList<SymptomChoice> Symptoms { get; }

    /// <summary>
    /// Of several matching rows the highest level wins; what no row covers is answered by tg-unknown. A severity that was not given counts as
    /// severe, an onset or duration that was not given as the worst that a row reads; a modifier that was not answered matches only the rows
    /// that say so, and "yes" to an escalating one raises the row's level.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative hours.</exception>
    public TriageResult Assess(SymptomReport report)
    {
        ArgumentNullException.ThrowIfNull(report);

        // Not "if negative": minus zero is zero.
        ArgumentOutOfRangeException.ThrowIfLessThan(report.OnsetHours ?? 0, 0, nameof(report));
        ArgumentOutOfRangeException.ThrowIfLessThan(report.DurationHours ?? 0, 0, nameof(report));

        var matches = rows[report.Symptom]
            .Where(row => Matches(row, report))
            .Select(row => (Row: row, Level: LevelOf(row, report)))
            .OrderByDescending(match => match.Level)
            .ThenBy(match => match.Row.Priority)
            .ThenBy(match => match.Row.Id, StringComparer.Ordinal)
            .DefaultIfEmpty((Row: unknown, unknown.Level))
            .ToList();
        return new TriageResult(
            matches[0].Level,
            matches.ConvertAll(match => match.Row.Id),
            matches[0].Row.Advice,
            matches.SelectMany(match => match.Row.Complications).Distinct(StringComparer.Ordinal).ToList());
    }

    /// <summary>What a form should still ask: only facts that can change the level or the advice, whatever is answered to the others.</summary>
    public OpenQuestions QuestionsFor(SymptomReport report) => questions.For(report);

    /// <summary>Everything that can matter for a symptom of which nothing else is known yet.</summary>
    public OpenQuestions QuestionsFor(string symptom) => questions.For(new SymptomReport(symptom));

    internal IEnumerable<TriageRule> RowsFor(string symptom) => rows[symptom];

    private bool Matches(TriageRule row, SymptomReport report) =>
        Fits(row.DurationHours, report.DurationHours) &&
        Fits(row.OnsetHours, OnsetOf(report)) &&
        (row.Severities.Count == 0 || row.Severities.Contains(report.Severity ?? Severity.Severe)) &&
        row.MatchModifiers.All(asked => report.Modifiers.TryGetValue(asked.Key, out var answer)
            ? asked.Value.Contains(answer, StringComparer.Ordinal)
            : row.MatchesWhenModifierMissing);

    /// <summary>A puncture that has been open since the session and for three weeks is three weeks old, whatever "it began at once" says.</summary>
    private decimal? OnsetOf(SymptomReport report) =>
        timedFromSession.Contains(report.Symptom) ? report.OnsetHours + (report.DurationHours ?? 0) : report.OnsetHours;

    /// <summary>Hours that were not given may be any, so that every row reading them is possible.</summary>
    private static bool Fits(HoursRange? range, decimal? hours) => range is null || hours is null || range.Contains(hours.Value);

    private static TriageLevel LevelOf(TriageRule row, SymptomReport report)
    {
        var raised = Reported(row.EscalateTo, report);
        return raised.Count > 0 ? raised.Append(row.Level).Max() : Reported(row.DeescalateTo, report).Append(row.Level).Min();
    }

    private static List<TriageLevel> Reported(IReadOnlyDictionary<string, TriageLevel> changes, SymptomReport report) =>
        changes
            .Where(change => string.Equals(report.Modifiers.GetValueOrDefault(change.Key), Yes, StringComparison.Ordinal))
            .Select(change => change.Value)
            .ToList();

    private bool IsRedFlag(string symptom) => rows[symptom].Any(row => row is
    {
        Level: TriageLevel.Emergency,
        DurationHours: null,
        OnsetHours: null,
        Severities.Count: 0,
        MatchModifiers.Count: 0,
        DeescalateTo.Count: 0,
    });
}

/// <summary>A symptom to choose, with the words for it.</summary>
/// <param name="RedFlag">An emergency whatever else is answered: nothing more is asked.</param>
public sealed record SymptomChoice(Symptom Symptom, bool RedFlag);
