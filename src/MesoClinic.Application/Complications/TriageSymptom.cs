using System.Text.Json;
using MediatR;
using MesoClinic.Application.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>Answers a symptom that another program describes. Nothing of it is kept.</summary>
public static class TriageSymptom
{
    private const decimal MostHours = 100_000;

    [Requires(Permission.UseApi)]
    public sealed record Query(JsonElement Body) : IQuery<View>;

    /// <param name="Rules">The rows that match (tg-…); the one that decides stands first.</param>
    /// <param name="Complications">What may lie behind it (cx-…).</param>
    public sealed record View(TriageLevel Level, IReadOnlyList<string> Rules, string Advice, IReadOnlyList<string> Complications);

    internal sealed class Handler(RuleBook book, TriageTable table) : IRequestHandler<Query, Outcome<View>>
    {
        public Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var problems = new RequestProblems();
            var report = Read(new JsonFields(query.Body, "", problems));
            return Task.FromResult<Outcome<View>>(problems.Any ? problems.ToFailure() : Answer(table.Assess(report)));
        }

        private SymptomReport Read(JsonFields root)
        {
            var known = book.Knowledge.Vocabulary.Symptoms.Select(symptom => symptom.Id).ToHashSet(StringComparer.Ordinal);
            var symptom = root.Id("symptom", known.Contains, known);
            if (root.Raw("symptom") is null)
            {
                root.Wrong("symptom", "Is needed.");
            }

            var report = new SymptomReport(symptom ?? "")
            {
                OnsetHours = root.Number("onsetHours", 0, MostHours),
                DurationHours = root.Number("durationHours", 0, MostHours),
                Severity = root.Choice<Severity>("severity"),
                Modifiers = root.Object("modifiers") is { } given ? Modifiers(given) : SymptomReport.NoModifiers,
            };
            root.NothingElse();
            return report;
        }

        private Dictionary<string, string> Modifiers(JsonFields given)
        {
            var known = book.Knowledge.Vocabulary.Modifiers;
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in given.Names)
            {
                if (known.FirstOrDefault(modifier => string.Equals(modifier.Id, name, StringComparison.Ordinal)) is not { } modifier)
                {
                    given.Unknown(name, known.Select(row => row.Id));
                }
                else if (given.Answer(name, [.. modifier.Options.Select(option => option.Value)]) is { } answer)
                {
                    answers[name] = answer;
                }
            }

            return answers;
        }

        private static View Answer(TriageResult result) => new(result.Level, result.Rules, result.Advice, result.Complications);
    }
}
