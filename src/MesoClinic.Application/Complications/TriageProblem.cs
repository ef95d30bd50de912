using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>Answers what a patient reports, and which questions are still open. Nothing is kept.</summary>
public static class TriageProblem
{
    [Requires(Permission.OwnRecord)]
    public sealed class Query : ProblemReport, IQuery<View>
    {
        /// <summary>Null: the person's own record.</summary>
        public Guid? PatientId { get; set; }
    }

    /// <param name="Open">Questions whose answers could still change the level or the advice.</param>
    /// <param name="Symptom">In words, as is everything here.</param>
    /// <param name="Began">On the clinic's wall clock; null when it was not asked.</param>
    /// <param name="HoursAfterSession">From the end of the session to the first sign; null when unknown.</param>
    /// <param name="WhomToAsk">When the clinic can be reached, and whom to ask otherwise.</param>
    public sealed record View(
        TriageLevel Level, IReadOnlyList<string> Steps, IReadOnlyList<Modifier> Open, string Symptom, IReadOnlyList<string> Areas,
        DateTimeOffset? Began, decimal? HoursAfterSession, IReadOnlyList<Told> Told, string WhomToAsk);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator(TriageTable table) => Include(new ProblemReportValidator(table));
    }

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, ProblemTriage triage, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(TriageProblem), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var outcome = await triage.JudgeAsync(id, query, token);
            if (!outcome.Succeeded)
            {
                return outcome.Failure;
            }

            var judged = outcome.Value;
            var zone = await time.ZoneAsync(token);
            return new View(
                judged.Result.Level,
                judged.Result.Steps,
                judged.Open,
                ComplicationWords.Symptom(book, judged.Report.Symptom),
                [.. query.Areas.Select(area => ComplicationWords.Area(book, area))],
                query.BeganAt is null ? null : TimeZoneInfo.ConvertTime(new DateTimeOffset(judged.BeganUtc), zone),
                judged.Report.OnsetHours,
                ComplicationWords.Modifiers(book, judged.Report.Modifiers),
                await WhomToAsk.AtAsync(db, TimeZoneInfo.ConvertTime(new DateTimeOffset(time.UtcNow), zone), token));
        }
    }
}
