using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests.Triage;

/// <summary>All reports that differ for the table: hours at and around its limits, each severity, each answer, and each of them left out.</summary>
internal static class Reports
{
    private static readonly KnowledgeBase Knowledge = Shipped.Knowledge;
    private static readonly Severity?[] Severities = [null, Severity.Mild, Severity.Moderate, Severity.Severe];

    public static IEnumerable<string> Symptoms => Knowledge.Vocabulary.Symptoms.Select(symptom => symptom.Id);

    public static IReadOnlyList<SymptomReport> Of(string symptom)
    {
        var rows = Knowledge.Triage.Where(row => row.Symptom == symptom).ToList();
        var answers = ModifiersOf(symptom).Aggregate<Modifier, IEnumerable<Dictionary<string, string>>>(
            [[]],
            (sets, modifier) => sets.SelectMany(set => modifier.Options
                .Select(option => new Dictionary<string, string>(set, StringComparer.Ordinal) { [modifier.Id] = option.Value })
                .Append(set)));
        return
        [
            .. from set in answers
               from onset in Hours(rows.Select(row => row.OnsetHours))
               from duration in Hours(rows.Select(row => row.DurationHours))
               from severity in Severities
               select new SymptomReport(symptom) { OnsetHours = onset, DurationHours = duration, Severity = severity, Modifiers = set },
        ];
    }

    public static IEnumerable<SymptomReport> All => Symptoms.SelectMany(Of);

    public static IEnumerable<Modifier> ModifiersOf(string symptom)
    {
        var read = Knowledge.Triage.Where(row => row.Symptom == symptom)
            .SelectMany(row => row.MatchModifiers.Keys.Concat(row.EscalateTo.Keys).Concat(row.DeescalateTo.Keys))
            .ToHashSet(StringComparer.Ordinal);
        return Knowledge.Vocabulary.Modifiers.Where(modifier => read.Contains(modifier.Id));
    }

    private static decimal?[] Hours(IEnumerable<HoursRange?> ranges) =>
    [
        .. ranges.OfType<HoursRange>()
            .SelectMany(range => new[] { range.Gt, range.Gte, range.Lt, range.Lte })
            .OfType<decimal>()
            .SelectMany(limit => new decimal?[] { limit - 1, limit, limit + 1 })
            .Append(0)
            .Append(null)
            .Distinct(),
    ];
}
