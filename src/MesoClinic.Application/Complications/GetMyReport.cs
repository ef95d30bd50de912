using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>What became of a report, in the patient's words: nothing that a clinician judged.</summary>
public static class GetMyReport
{
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid Id) : IQuery<View>;

    /// <param name="Sent">On the clinic's wall clock, like all times here.</param>
    /// <param name="Seen">When somebody of the clinic took it up.</param>
    public sealed record View(
        Guid Id, string Symptom, IReadOnlyList<string> Areas, TriageLevel Level, IReadOnlyList<string> Steps, DateTimeOffset Now, DateTimeOffset Sent, DateTimeOffset? Seen, bool IsClosed, IReadOnlyList<Contact> Contacts,
        string WhomToAsk);

    /// <param name="Title">"24-hour contact".</param>
    public sealed record Contact(string Title, DateTimeOffset Due, bool Done);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var report = await db.Complications.AsNoTracking().Include(c => c.FollowUps).SingleOrDefaultAsync(c => c.Id == query.Id && c.ReportedByPatient, token);
            if (report is null)
            {
                return new Failure.NotFound();
            }

            if (access.ToOwn(report.PatientId, nameof(GetMyReport)) is { } refusal)
            {
                return refusal;
            }

            var zone = await time.ZoneAsync(token);
            return new View(
                report.Id,
                ComplicationWords.Symptom(book, report.Symptom),
                [.. report.Areas.Select(area => ComplicationWords.Area(book, area))],
                report.Level,
                report.AdviceShown,
                ToWall(time.UtcNow),
                ToWall(report.ReportedUtc),
                report.SeenByStaffUtc is { } seen ? ToWall(seen) : null,
                report.State == ComplicationState.Closed,
                [.. report.FollowUps.OrderBy(contact => contact.DueUtc).Select(contact => new Contact(ComplicationWords.FollowUp(book, contact.Kind), ToWall(contact.DueUtc), contact.DoneUtc is not null))],
                await WhomToAsk.AtAsync(db, ToWall(time.UtcNow), token));

            DateTimeOffset ToWall(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone);
        }
    }
}
