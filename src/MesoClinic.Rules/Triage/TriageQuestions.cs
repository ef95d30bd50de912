using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Triage;

/// <summary>Finds what is worth asking by answering every open question in every way and looking at what changes.</summary>
internal sealed class TriageQuestions(TriageTable table, IReadOnlyList<Modifier> modifiers)
{
    private static readonly Func<SymptomReport, SymptomReport>[] Severities =
        Array.ConvertAll<Severity, Func<SymptomReport, SymptomReport>>(Enum.GetValues<Severity>(), severity => report => report with { Severity = severity });

    public OpenQuestions For(SymptomReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = table.RowsFor(report.Symptom).ToList();
        var open = Open(report, rows);
        var matter = open.FindAll(question => CanMatter(question, open, report));
        return new OpenQuestions(
            matter.Exists(question => question.Asks == Topic.Onset),
            matter.Exists(question => question.Asks == Topic.Duration),
            matter.Exists(question => question.Asks == Topic.Severity),
            matter.FindAll(question => question.Modifier is not null).ConvertAll(question => question.Modifier!));
    }

    private List<Question> Open(SymptomReport report, List<TriageRule> rows)
    {
        var questions = new List<Question>();
        if (report.OnsetHours is null)
        {
            questions.Add(new Question(Topic.Onset, Around(rows.Select(row => row.OnsetHours), (r, hours) => r with { OnsetHours = hours })));
        }
        if (report.DurationHours is null)
        {
            questions.Add(new Question(Topic.Duration, Around(rows.Select(row => row.DurationHours), (r, hours) => r with { DurationHours = hours })));
        }
        if (report.Severity is null && rows.Exists(row => row.Severities.Count > 0))
        {
            questions.Add(new Question(Topic.Severity, Severities));
        }
        var read = rows.SelectMany(row => row.MatchModifiers.Keys.Concat(row.EscalateTo.Keys).Concat(row.DeescalateTo.Keys)).ToHashSet(StringComparer.Ordinal);
        questions.AddRange(modifiers
            .Where(modifier => read.Contains(modifier.Id) && !report.Modifiers.ContainsKey(modifier.Id))
            .Select(modifier => new Question(Topic.Modifier, modifier.Options.Select(option => Answer(modifier, option.Value)).ToList(), modifier)));
        return questions.FindAll(question => question.Answers.Count > 0);
    }

    /// <summary>Each limit that a row names, and an hour to either side of it.</summary>
    private static List<Func<SymptomReport, SymptomReport>> Around(IEnumerable<HoursRange?> ranges, Func<SymptomReport, decimal, SymptomReport> set) => ranges
        .OfType<HoursRange>()
        .SelectMany(range => new[] { range.Gt, range.Gte, range.Lt, range.Lte })
        .OfType<decimal>()
        .SelectMany(limit => new[] { limit - 1, limit, limit + 1 })
        .Distinct()
        .Select(hours => (Func<SymptomReport, SymptomReport>)(report => set(report, hours)))
        .ToList();

    private static Func<SymptomReport, SymptomReport> Answer(Modifier modifier, string value) => report =>
        report with { Modifiers = new Dictionary<string, string>(report.Modifiers, StringComparer.Ordinal) { [modifier.Id] = value } };

    private bool CanMatter(Question question, List<Question> open, SymptomReport report) =>
        open.Where(other => other != question)
            .Aggregate<Question, IEnumerable<SymptomReport>>([report], (reports, other) => reports.SelectMany(r => other.Answers.Select(answer => answer(r))))
            .Any(rest => question.Answers.Select(answer => Outcome(answer(rest))).Distinct().Skip(1).Any());

    private (TriageLevel Level, string Row) Outcome(SymptomReport report)
    {
        var result = table.Assess(report);
        return (result.Level, result.Rules[0]);
    }

    private enum Topic
    {
        Onset,
        Duration,
        Severity,
        Modifier,
    }

    private sealed record Question(Topic Asks, IReadOnlyList<Func<SymptomReport, SymptomReport>> Answers, Modifier? Modifier = null);
}

/// <summary>What a form should still ask.</summary>
/// <param name="Onset">When did it begin?</param>
/// <param name="Duration">How long has it lasted?</param>
/// <param name="Severity">How bad is it?</param>
/// <param name="Modifiers">Details, each with its question and options.</param>
public sealed record OpenQuestions(bool Onset, bool Duration, bool Severity, IReadOnlyList<Modifier> Modifiers)
{
    public bool None => !Onset && !Duration && !Severity && Modifiers.Count == 0;
}
