using System.Globalization;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Cocktails;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>What would be said if the saved draft were started now. Nothing is stored.</summary>
public static class PreviewSession
{
    [Requires(Permission.RecordSessions)]
    public sealed class Query : IQuery<Preview>
    {
        public Guid SessionId { get; set; }
    }

    /// <param name="Overridden">Rules against which a physician has decided for this appointment, as the draft stands.</param>
    /// <param name="Problems">By property path of the draft: lots, volumes, consent.</param>
    /// <param name="Warnings">Worth a look, no obstacle.</param>
    /// <param name="ConsentId">The consent that covers the draft as it stands.</param>
    public sealed record Preview(
        Assessment Assessment, IReadOnlyList<string> Overridden, IReadOnlyDictionary<string, string[]> Problems, IReadOnlyList<string> Warnings, Guid? ConsentId, TechniqueLimits Limits)
    {
        /// <summary>Of the record that was looked at.</summary>
        public required Guid Version { get; init; }

        public required KnownAllergies Allergies { get; init; }

        /// <summary>For each line of the draft the rules whose findings are about its product.</summary>
        public IReadOnlyList<IReadOnlyList<string>> RulesByLine { get; init; } = [];

        /// <summary>For each line whether what it holds was tested on this patient.</summary>
        public IReadOnlyList<LineTest> Tests { get; init; } = [];

        /// <summary>What the record does not say yet.</summary>
        public IReadOnlyList<SessionGap> Gaps { get; init; } = [];

        /// <summary>The session's number among those of the indication as it is chosen now.</summary>
        public int? Number { get; init; }

        /// <summary>On the clinic's clock: since when nothing more may be injected, because the patient took the consent back after the start.</summary>
        public DateTime? ConsentWithdrawnAt { get; init; }

        public bool MayStart(IReadOnlyList<string> acknowledged) => Problems.Count == 0 && SessionReview.Gate(Assessment, Overridden, acknowledged) is null;
    }

    /// <param name="LotId">Of the line: a draft that was changed since may take another one there.</param>
    /// <param name="On">The day of the allergy test that cleared all that the product holds; null = not all of it was tested.</param>
    /// <param name="IsMissing">Something in it is new to this patient and was not tested.</param>
    public sealed record LineTest(Guid LotId, DateOnly? On, bool IsMissing);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, SessionReview review, ClinicAssessor assessor, AppointmentOverrides overrides, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Preview>>
    {
        public async Task<Outcome<Preview>> Handle(Query query, CancellationToken token)
        {
            if (await review.LoadAsync(query.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            var request = await review.RequestSoFarAsync(session, token);
            var assessment = assessor.Preview(request);
            return new Preview(
                assessment,
                (await overrides.OfAsync(session.AppointmentId, request, assessment, token)).Rules,
                await review.ProblemsAsync(session, token),
                Warnings(session),
                (await review.ConsentAsync(session, token))?.Id,
                TechniqueLimits.Of(assessor.Book, request))
            {
                Number = request.Plan.SessionNumber,
                Version = session.Version,
                Allergies = KnownAllergies.Of(session.Patient!, request.Patient.Allergies ?? [], book, await time.TodayAsync(token)),
                ConsentWithdrawnAt = await review.ConsentWithdrawnUtcAsync(session, token) is { } at ? await time.ToWallAsync(at, token) : null,
                Gaps = SessionGaps.Of(session, book, await db.ReplacedTubes.AnyAsync(tube => tube.SessionId == session.Id && tube.AtUtc >= session.StartedUtc, token)),
                RulesByLine = CocktailCheck.RulesByProduct(assessor.Book, request, SessionPlan.Doses(session)),
                Tests = await TestsAsync(session, request, token),
            };
        }

        private async Task<List<LineTest>> TestsAsync(Session session, AssessmentRequest request, CancellationToken token)
        {
            var history = await TreatmentHistory.OfAsync(db, [session.PatientId], time.UtcNow, request.Date, token);

            // The same tests that the rule book is told of.
            var newest = history.NewestTests[session.PatientId].ToDictionary(t => t.Ingredient, StringComparer.Ordinal);
            var known = history.Sessions[session.PatientId].Where(past => past.AppointmentId != session.AppointmentId).SelectMany(past => past.Judged).ToHashSet(StringComparer.Ordinal);
            return session.Cocktail.ConvertAll(line =>
            {
                var parts = line.Lot!.Product!.Ingredients.ConvertAll(own => own.Ingredient);
                return new LineTest(
                    line.LotId,
                    parts.TrueForAll(part => newest.TryGetValue(part, out var test) && test.IsCleared) ? parts.Min(part => (DateOnly?)newest[part].AppliedOn) : null,
                    parts.Exists(part => !known.Contains(part) && !(newest.TryGetValue(part, out var test) && test.IsCleared)));
            });
        }

        private static List<string> Warnings(Session session)
        {
            var totals = session.Totals;
            return
            [
                .. session.Mixed.Where(line => line.IsBegun && line.Lot!.RecalledUtc is not null).Select(line => $"Lot {line.Lot!.Number} was recalled after the injections began. Inject nothing more of it; what was injected stays on record."),
                .. totals.NeededMl > session.VolumeTotalMl && session.Mixed.Count > 0
                    ? [string.Create(CultureInfo.InvariantCulture, $"{totals.Points} points need {totals.NeededMl:0.####} ml; {session.VolumeTotalMl:0.####} ml is mixed.")]
                    : Array.Empty<string>(),
            ];
        }
    }
}
