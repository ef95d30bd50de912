using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>Everybody who waits: those with an open offer first, then in the order in which they came; and what was answered lately.</summary>
public static class ListWaitlist
{
    private const int Most = 100;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(14);

    [Requires(Permission.ReadCalendar)]
    public sealed record Query : IQuery<Result>;

    public sealed record Result(IReadOnlyList<Row> Open, IReadOnlyList<Row> Lately, bool MayAnswer);

    /// <param name="Indication">Title of what a session is for; null for those who may not read the chart.</param>
    /// <param name="Offered">Start of the time that is held, on the clinic's wall clock, as is <paramref name="OfferUntil"/>.</param>
    /// <param name="Replaces">Start of the later appointment that is given back when the offer is taken; null when there is none.</param>
    public sealed record Row(
        Guid Id, Guid PatientId, string Patient, string? Phone, AppointmentKind Kind, string? Indication, int Minutes, IReadOnlyList<string> Practitioners, IReadOnlyList<DayOfWeek> Weekdays, PartOfDay PartOfDay,
        DateOnly From, DateOnly Until, WaitlistState State, Guid? AppointmentId, DateTime? Offered, DateTime? OfferUntil, DateTime? Replaces, DateOnly AddedOn);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, PatientAccess access, WaitlistOffers waitlist, AuditTrail trail, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var since = time.UtcNow - Lately;
            var found = await db.Waitlist.AsNoTracking()
                .Where(e => e.State == WaitlistState.Waiting || e.State == WaitlistState.Offered || (e.StateUtc > since && e.State != WaitlistState.Withdrawn))
                .OrderBy(e => e.AddedUtc).Take(Most)
                .Select(e => new { Entry = e, e.Patient!.GivenName, e.Patient.FamilyName, e.Patient.Phone, e.Course!.Plan, Offered = (DateTime?)e.OfferedAppointment!.WallStart, OfferedUtc = (DateTime?)e.OfferedAppointment.StartUtc })
                .ToListAsync(token);
            var readable = await access.ReadableChartsAsync([.. found.Select(row => row.Entry.PatientId).Distinct()], token);
            var names = await db.Staff.AsNoTracking().ToDictionaryAsync(member => member.Id, member => member.Name, token);
            var rows = new List<Row>(found.Count);
            foreach (var row in found)
            {
                var e = row.Entry;
                var replaced = e.State == WaitlistState.Offered && row.OfferedUtc is { } start ? await waitlist.ReplacedAsync(e.PatientId, e.Kind, e.CourseId, start, token) : null;
                rows.Add(new Row(
                    e.Id, e.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, e.Kind, readable.Contains(e.PatientId) && row.Plan?.Indication is { } indication ? book.Indications.GetValueOrDefault(indication)?.Title : null,
                    e.Minutes, [.. e.Practitioners.Select(id => names.GetValueOrDefault(id, "")).Where(name => name.Length > 0)], e.Weekdays, e.PartOfDay, e.From, e.Until, e.State, e.OfferedAppointmentId, row.Offered,
                    e.OfferUntilUtc is { } until ? await time.ToWallAsync(until, token) : null, replaced?.WallStart, DateOnly.FromDateTime(await time.ToWallAsync(e.AddedUtc, token))));
            }

            trail.Listed(nameof(ListWaitlist), rows.Where(row => row.Indication is not null).Select(row => row.PatientId));
            return new Result(
                [.. rows.Where(row => row.State is WaitlistState.Waiting or WaitlistState.Offered).OrderByDescending(row => row.State)],
                [.. rows.Where(row => row.State is not (WaitlistState.Waiting or WaitlistState.Offered)).Reverse()],
                user.May(Permission.Book));
        }
    }
}
