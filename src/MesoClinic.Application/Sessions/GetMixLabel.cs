using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
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
    /// <param name="UseBy">End of the appointment; an opened ampoule serves one session.</param>
    public sealed record Label(Guid SessionId, string Clinic, string Reference, IReadOnlyList<Line> Lines, decimal VolumeMl, DateTime PreparedAt, string PreparedBy, DateTime UseBy);

    public sealed record Line(string Product, string Lot, DateOnly ExpiresOn, decimal VolumeMl, IReadOnlyList<ProductIngredient> Ingredients);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, SessionReview review) : IRequestHandler<Query, Outcome<Label>>
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

            if (session.Cocktail.Count == 0 || session.Cocktail.Exists(line => line.VolumeMl <= 0))
            {
                return new Failure.Conflict("Measure every product of the cocktail out first; then its label can be printed.");
            }

            var today = await time.TodayAsync(token);
            if (session.StartedUtc is null && session.Cocktail.Select(line => SessionReview.WhyUnusable(line.Lot!, today)).FirstOrDefault(problem => problem is not null) is { } unusable)
            {
                return new Failure.Conflict(unusable);
            }

            return new Label(
                session.Id,
                await db.Clinics.Select(clinic => clinic.Name).SingleAsync(token),
                SessionReference.Of(session.Id),
                session.Cocktail.ConvertAll(line => session.IsSigned
                    ? new Line(line.ProductName, line.LotNumber, line.LotExpiresOn ?? line.Lot!.ExpiresOn, line.VolumeMl, line.Ingredients)
                    : new Line(line.Lot!.Product!.Name, line.Lot.Number, line.Lot.ExpiresOn, line.VolumeMl, line.Lot.Product.Ingredients)),
                session.VolumeTotalMl,
                await time.ToWallAsync(session.StartedUtc ?? time.UtcNow, token),
                await db.Staff.Where(s => s.Id == session.PractitionerId).Select(s => s.Name).SingleAsync(token),
                await time.ToWallAsync(session.Appointment!.EndUtc, token));
        }
    }
}
