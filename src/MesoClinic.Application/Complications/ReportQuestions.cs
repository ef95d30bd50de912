using MediatR;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>What staff can choose from when they record a complication, and what to ask about a symptom. Nothing of any patient.</summary>
public static class ReportQuestions
{
    /// <param name="Symptom">Null: not chosen yet.</param>
    [Requires(Permission.ManageComplications)]
    public sealed record Query(string? Symptom = null) : IQuery<View>;

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="Questions">Details that can change the level or the advice.</param>
    public sealed record View(DateTime Now, IReadOnlyList<SymptomChoice> Symptoms, IReadOnlyList<TreatmentArea> Areas, IReadOnlyList<Modifier> Questions);

    internal sealed class Handler(RuleBook book, TriageTable table, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token) => new View(
            await time.ToWallAsync(time.UtcNow, token),
            table.Symptoms,
            book.Knowledge.Areas,
            table.Symptoms.Any(choice => choice.Symptom.Id == query.Symptom) ? table.QuestionsFor(query.Symptom!).Modifiers : []);
    }
}
