using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>Times that are held for a patient and wait for an answer, and what else the patient waits for.</summary>
public static class MyOffers
{
    [Requires(Permission.OwnRecord)]
    public sealed record Query : IQuery<Result>;

    /// <param name="Waiting">How many entries wait for a time.</param>
    public sealed record Result(IReadOnlyList<Offer> Offers, int Waiting);

    /// <param name="Until">On the clinic's wall clock, as is the start.</param>
    /// <param name="Replaces">Start of the later appointment that is given back when this time is taken; null when there is none.</param>
    public sealed record Offer(Guid EntryId, AppointmentKind Kind, DateTime Start, int Minutes, string Practitioner, string Room, DateTime Until, DateTime? Replaces);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, WaitlistOffers waitlist) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var (own, now) = (user.OwnPatients, time.UtcNow);
            var rows = await db.Waitlist.AsNoTracking()
                .Where(entry => own.Contains(entry.PatientId) && entry.State == WaitlistState.Offered && entry.OfferUntilUtc > now)
                .OrderBy(entry => entry.OfferUntilUtc)
                .Select(entry => new { entry.Id, entry.Kind, A = entry.OfferedAppointment!, Practitioner = entry.OfferedAppointment!.Practitioner!.Name, Room = entry.OfferedAppointment.Room!.Name, Until = entry.OfferUntilUtc!.Value })
                .ToListAsync(token);
            var offers = new List<Offer>(rows.Count);
            foreach (var row in rows)
            {
                offers.Add(new Offer(row.Id, row.Kind, row.A.WallStart, row.A.Minutes, row.Practitioner, row.Room, await time.ToWallAsync(row.Until, token),
                    (await waitlist.ReplacedAsync(row.A.PatientId, row.Kind, row.A.CourseId, row.A.StartUtc, token))?.WallStart));
            }

            return new Result(offers, await db.Waitlist.CountAsync(entry => own.Contains(entry.PatientId) && entry.State == WaitlistState.Waiting, token));
        }
    }
}
