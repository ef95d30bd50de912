using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>What a patient is to be asked now: questions that concern them and are open, and their own lists. Clinicians' judgements are never among them.</summary>
public static class GetQuestionnaire
{
    /// <param name="PatientId">Null: the person's own record, or the first that they are guardian of.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<Questionnaire>;

    public sealed record Questionnaire
    {
        public required Guid PatientId { get; init; }
        public required Guid Version { get; init; }
        public required string GivenName { get; init; }
        public required DateOnly Today { get; init; }

        /// <summary>Lists that are to be gone through, with what stands on them.</summary>
        public required IReadOnlyList<OwnList> Lists { get; init; }
        public required IReadOnlyList<OwnQuestion> Questions { get; init; }

        /// <summary>Everything that this patient may pick from.</summary>
        public required IReadOnlyList<Pick> Allergens { get; init; }
        public required IReadOnlyList<Pick> EventKinds { get; init; }
        public DateOnly? LastAnsweredOn { get; init; }

        public bool IsComplete => Lists.Count == 0 && Questions.Count == 0;
    }

    public sealed record OwnList(string Id, string Text, IReadOnlyList<string> Entries);

    public sealed record OwnQuestion(string Id, string Text, IReadOnlyList<string> Options);

    public sealed record Pick(string Id, string Title);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Questionnaire>>
    {
        public async Task<Outcome<Questionnaire>> Handle(Query query, CancellationToken token)
        {
            var id = query.PatientId ?? (user.OwnPatients is [var own, ..] ? own : Guid.Empty);
            if (access.ToOwn(id, nameof(GetQuestionnaire)) is { } refusal)
            {
                return refusal;
            }

            var patient = await db.Patients.AsNoTracking().WithProfile().SingleAsync(p => p.Id == id, token);
            var today = await time.TodayAsync(token);
            return new Questionnaire
            {
                PatientId = id,
                Version = patient.Version,
                GivenName = patient.GivenName,
                Today = today,
                Lists = [.. book.Knowledge.Questions.Lists.Where(list => !Rules.FactsOf.IsReviewed(patient, list, today)).Select(list => new OwnList(list.Id, list.Text, EntriesOf(patient, list.Id)))],
                Questions = [.. OwnQuestions.Open(patient, today, book.Knowledge).Select(q => new OwnQuestion(q.Id, q.Text, q.Options))],
                Allergens = [.. book.Knowledge.Allergens.Select(a => new Pick(a.Id, a.Title)).OrderBy(a => a.Title, StringComparer.Ordinal)],
                EventKinds = [.. book.Knowledge.Vocabulary.EventKinds.Select(kind => new Pick(kind.Id, kind.Title))],
                LastAnsweredOn = patient.Answers.Select(a => (DateOnly?)a.AskedOn).Max(),
            };
        }

        private List<string> EntriesOf(Patient patient, string list) => list switch
        {
            "conditions" => patient.Conditions.ConvertAll(c => c.Title),
            "medications" => patient.Medications.ConvertAll(m => m.Name),
            "allergies" => patient.Allergies.ConvertAll(a => book.Knowledge.Allergens.FirstOrDefault(row => row.Id == a.Allergen)?.Title ?? a.Allergen),
            _ => patient.Procedures.ConvertAll(p => $"{HealthProfiles.EventInWords(p.Kind, book.Knowledge)}, {p.Date.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}"),
        };
    }
}

internal static class OwnQuestions
{
    /// <summary>Questions to the patient that are asked before a visit and whose answer is missing, not known or expired.</summary>
    public static IEnumerable<Question> Open(Patient patient, DateOnly today, KnowledgeBase knowledge) => knowledge.Questions.Questions
        .Where(q => q.AnsweredBy == AnsweredBy.Patient && q.AskedAt == Stage.Booking && q.Concerns(patient, today) && HealthProfiles.AnswerOf(patient, q, today).State != AnswerState.Known);
}
