using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>What stands on the syringe: what was mixed, from which lots, how much, by whom, and that it serves this session alone. No name, nothing of the patient's health.</summary>
public static class GetMixLabel
{
    [Requires(Permission.RecordSessions)]
    public sealed class Query : IQuery<Label>
    {
        public Guid SessionId { get; set; }
    }

    /// <param name="Reference">See <see cref="SessionReference"/>.</param>
    /// <param name="PreparedAt">On the clinic's wall clock: the start of the injections, or now while they have not begun.</param>
    /// <param name="UseBy">End of the appointment, or as long after a late start as the appointment was to last; an opened ampoule serves one session.</param>
    public sealed record Label(Guid SessionId, string Clinic, string Reference, IReadOnlyList<Line> Lines, decimal VolumeMl, DateTime PreparedAt, string PreparedBy, DateTime UseBy);

    public sealed record Line(string Product, string Lot, DateOnly ExpiresOn, decimal VolumeMl, IReadOnlyList<ProductIngredient> Ingredients);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, SessionReview review, ClinicAssessor assessor, AppointmentOverrides overrides) : IRequestHandler<Query, Outcome<Label>>
    {
        public async Task<Outcome<Label>> Handle(Query query, CancellationToken token)
        {
            if (await review.LoadAsync(query.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Cocktail label", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if (session.AbortedUtc is not null)
            {
                return new Failure.Conflict("This session was stopped: throw away what was mixed. It gets no label any more.");
            }

            if (session.Mixed.Count == 0 || session.Mixed.Exists(line => line.VolumeMl <= 0))
            {
                return new Failure.Conflict("Measure every product of the cocktail out first; then its label can be printed.");
            }

            if (await WhyNotAsync(session, token) is { } problem)
            {
                return new Failure.Conflict(problem);
            }

            var prepared = session.StartedUtc ?? time.UtcNow;
            var until = session.Appointment!.EndUtc > prepared ? session.Appointment.EndUtc : prepared.AddMinutes(session.Appointment.Minutes);
            return new Label(
                session.Id,
                await db.Clinics.Select(clinic => clinic.Name).SingleAsync(token),
                SessionReference.Of(session.Id),
                session.Mixed.ConvertAll(line => session.IsSigned
                    ? new Line(line.ProductName, line.LotNumber, line.LotExpiresOn ?? line.Lot!.ExpiresOn, line.VolumeMl, line.Ingredients)
                    : new Line(line.Lot!.Product!.Name, line.Lot.Number, line.Lot.ExpiresOn, line.VolumeMl, line.Lot.Product.Ingredients)),
                session.VolumeTotalMl,
                await time.ToWallAsync(prepared, token),
                await db.Staff.Where(s => s.Id == session.PractitionerId).Select(s => s.Name).SingleAsync(token),
                await time.ToWallAsync(until, token));
        }

        /// <summary>What is recalled gets no label at any time; before the start the lots must be usable and nothing in the mix may be refused for this patient.</summary>
        private async Task<string?> WhyNotAsync(Session session, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            if (session.Mixed.Where(line => session.StartedUtc is null || line.Lot!.RecalledUtc is not null).Select(line => SessionReview.WhyUnusable(line.Lot!, today)).FirstOrDefault(why => why is not null) is { } unusable)
            {
                return unusable;
            }

            if (session.StartedUtc is not null)
            {
                return null;
            }

            var request = await review.RequestSoFarAsync(session, token);
            var assessment = assessor.Preview(request);
            var overridden = (await overrides.OfAsync(session.AppointmentId, request, assessment, token)).Rules;
            var rules = CocktailCheck.RulesByProduct(assessor.Book, request, SessionPlan.Doses(session)).SelectMany(list => list).Except(overridden, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            return assessment.Findings.FirstOrDefault(f => f.Action > Decision.AllowWithCaution && rules.Contains(f.Rule)) is { } finding ? $"{finding.Title}. {finding.Because}. Change the cocktail; then its label can be printed." : null;
        }
    }
}
