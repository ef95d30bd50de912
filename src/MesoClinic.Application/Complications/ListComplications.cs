using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;
using Complication = MesoClinic.Domain.Complications.Complication;

namespace MesoClinic.Application.Complications;

/// <summary>The complication log: all of it for a manager, the entries of their own patients for a cosmetologist.</summary>
public static class ListComplications
{
    public enum Filter
    {
        Everything,
        Open,
        FollowUpDue,
        Closed,
    }

    [Requires(Permission.ReadComplications)]
    public sealed class Query : IQuery<Page>
    {
        public Filter Show { get; set; }
        public TriageLevel? Level { get; set; }
        public int? Grade { get; set; }
        public string? Cause { get; set; }

        /// <summary>Onset within so many days; null: always.</summary>
        public int? Days { get; set; } = 90;

        /// <summary>Part of a patient's name, of a lot number or of what it is.</summary>
        public string Text { get; set; } = "";

        /// <summary>Counted from 1.</summary>
        public int PageNumber { get; set; } = 1;
        public int PageSize { get; set; } = 25;
    }

    /// <param name="Counts">Of the period and the other filters, whatever is shown.</param>
    /// <param name="Sessions">Signed sessions of the period, of the same patients.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, Counts Counts, int Sessions, IReadOnlyList<Choice> Causes);

    public sealed record Counts(int Everything, int Open, int FollowUpDue, int Closed);

    public sealed record Choice(string Id, string Title);

    /// <param name="Onset">On the clinic's wall clock.</param>
    /// <param name="What">What a clinician says it is, or else what was reported.</param>
    public sealed record Row(
        Guid Id, Guid PatientId, string Patient, DateTime Onset, string What, string Where, int? Grade, string? GradeWord, string? Cause, TriageLevel Level, ComplicationState State, bool NeedsCall, NextContact? Next);

    /// <param name="Due">On the clinic's wall clock.</param>
    /// <param name="OverdueDays">Null: it still lies ahead; 0: due today.</param>
    public sealed record NextContact(string Title, DateTime Due, int? OverdueDays);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Text).MaximumLength(Limits.Line).WithMessage("Search with fewer words.");
            RuleFor(query => query.Grade).InclusiveBetween(1, 5).WithMessage("Grades are 1 to 5.");
            RuleFor(query => query.Days).InclusiveBetween(1, 3660).WithMessage("Choose a period of at most ten years.");
            RuleFor(query => query.PageNumber).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
            RuleFor(query => query.PageSize).InclusiveBetween(1, 100).WithMessage("Ask for 1 to 100 entries at a time.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, AuditTrail trail, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var now = time.UtcNow;
            var since = query.Days is { } days ? now.AddDays(-days) : DateTime.MinValue;
            var matching = ComplicationFilters.Matching(access.Visible().AsNoTracking().Where(c => c.OnsetUtc >= since), query, db, book);
            var shown = ComplicationFilters.Showing(matching, query.Show, now);
            var entries = await shown
                .OrderBy(c => c.State != ComplicationState.Closed && c.SeenByStaffUtc == null && (c.Level == TriageLevel.Emergency || c.Level == TriageLevel.SeeDoctorToday) ? 0 : 1)
                .ThenByDescending(c => c.OnsetUtc).ThenBy(c => c.Id)
                .Skip((query.PageNumber - 1) * query.PageSize).Take(query.PageSize)
                .Include(c => c.FollowUps).Include(c => c.Patient)
                .ToListAsync(token);
            var counts = new Counts(
                await matching.CountAsync(token),
                await ComplicationFilters.Showing(matching, Filter.Open, now).CountAsync(token),
                await ComplicationFilters.Showing(matching, Filter.FollowUpDue, now).CountAsync(token),
                await ComplicationFilters.Showing(matching, Filter.Closed, now).CountAsync(token));
            var sessions = await access.SignedSessions().CountAsync(session => session.EndedUtc >= since, token);
            trail.Record(nameof(ListComplications), "Done");
            foreach (var patient in entries.Select(entry => entry.PatientId).Distinct())
            {
                trail.Read(nameof(ListComplications), patient);
            }

            var zone = await time.ZoneAsync(token);
            return new Page(
                [.. entries.Select(entry => RowOf(entry, now, zone))],
                query.Show switch { Filter.Open => counts.Open, Filter.FollowUpDue => counts.FollowUpDue, Filter.Closed => counts.Closed, _ => counts.Everything },
                counts,
                sessions,
                [.. book.Knowledge.Causes.Select(cause => new Choice(cause.Id, cause.Title))]);
        }

        private Row RowOf(Complication entry, DateTime now, TimeZoneInfo zone) => new(
            entry.Id,
            entry.PatientId,
            entry.Patient!.FullName,
            TimeZoneInfo.ConvertTimeFromUtc(entry.OnsetUtc, zone),
            ComplicationWords.What(book, entry.Symptom, entry.Diagnosis),
            string.Join(", ", entry.Areas.Select(area => ComplicationWords.Area(book, area))),
            entry.Grade,
            entry.Grade is { } grade ? ComplicationWords.Grade(book, grade) : null,
            entry.Cause is { } cause ? ComplicationWords.Cause(book, cause) : null,
            entry.Level,
            entry.State,
            entry.NeedsCall,
            ComplicationFilters.NextContact(entry, now, zone, book));
    }
}
