using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>What of the log needs somebody now: red flags that nobody has taken up, and contacts whose time has come.</summary>
public static class ListComplicationTasks
{
    [Requires(Permission.ReadComplications)]
    public sealed record Query : IQuery<View>;

    /// <param name="Tasks">Red flags first, then the longest overdue; at most a handful.</param>
    /// <param name="Total">All of them.</param>
    /// <param name="Open">Open cases, for the navigation.</param>
    public sealed record View(IReadOnlyList<Item> Tasks, int Total, int Open);

    /// <param name="Due">The contact whose time has come; null: call now.</param>
    /// <param name="Reported">On the clinic's wall clock.</param>
    public sealed record Item(Guid Id, string Patient, string? Phone, string What, string Where, TriageLevel Level, DateTime Reported, ListComplications.NextContact? Due);

    internal sealed class Handler(ComplicationAccess access, AuditTrail trail, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        private const int Shown = 6;

        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var now = time.UtcNow;
            var waiting = access.Visible().AsNoTracking().Where(c => c.State != ComplicationState.Closed
                && ((c.SeenByStaffUtc == null && (c.Level == TriageLevel.Emergency || c.Level == TriageLevel.SeeDoctorToday))
                    || c.FollowUps.Any(contact => contact.DoneUtc == null && contact.DueUtc <= now)));
            var entries = await waiting
                .OrderBy(c => c.SeenByStaffUtc == null && c.Level == TriageLevel.Emergency ? 0 : c.SeenByStaffUtc == null && c.Level == TriageLevel.SeeDoctorToday ? 1 : 2)
                .ThenBy(c => c.FollowUps.Where(contact => contact.DoneUtc == null).Min(contact => (DateTime?)contact.DueUtc)).ThenBy(c => c.Id)
                .Take(Shown)
                .Include(c => c.FollowUps).Include(c => c.Patient)
                .ToListAsync(token);
            foreach (var patient in entries.Select(entry => entry.PatientId).Distinct())
            {
                trail.Read(nameof(ListComplicationTasks), patient);
            }

            var zone = await time.ZoneAsync(token);
            return new View(
                [
                    .. entries.Select(entry => new Item(
                        entry.Id, entry.Patient!.FullName, entry.Patient.Phone, ComplicationWords.What(book, entry.Symptom, entry.Diagnosis),
                        string.Join(", ", entry.Areas.Select(area => ComplicationWords.Area(book, area))), entry.Level, TimeZoneInfo.ConvertTimeFromUtc(entry.ReportedUtc, zone),
                        entry.NeedsCall ? null : ComplicationFilters.NextContact(entry, now, zone, book))),
                ],
                await waiting.CountAsync(token),
                await access.Visible().CountAsync(c => c.State == ComplicationState.Open, token));
        }
    }
}
