using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>The audit trail, a page at a time.</summary>
public static class ListAuditEntries
{
    public const int PageSize = 50;

    [Requires(Permission.ReadAudit)]
    public sealed record Query : IQuery<Page>
    {
        public Guid? UserId { get; init; }
        public Guid? PatientId { get; init; }
        public string? Action { get; init; }

        /// <summary>Days on the clinic's calendar, both included.</summary>
        public DateOnly? From { get; init; }
        public DateOnly? Until { get; init; }
        public Order Order { get; init; }
        public int Number { get; init; } = 1;
    }

    public enum Order
    {
        NewestFirst,
        OldestFirst,
    }

    public sealed record Page(IReadOnlyList<Entry> Entries, long Total, IReadOnlyList<Person> People, IReadOnlyList<string> Actions);

    public sealed record Entry(long Sequence, DateTime At, string? Person, string Action, string Outcome, Guid? PatientId, string? Patient, string? Reason, string? Detail);

    public sealed record Person(Guid Id, string Name);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Order).IsInEnum();
            RuleFor(query => query.Number).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
            RuleFor(query => query.Until).GreaterThanOrEqualTo(query => query.From!.Value).When(query => query.From is not null && query.Until is not null).WithMessage("The last day lies before the first.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var filtered = await FilterAsync(query, token);
            var ordered = query.Order == Order.NewestFirst ? filtered.OrderByDescending(e => e.Sequence) : filtered.OrderBy(e => e.Sequence);
            var rows = await ordered.Skip((query.Number - 1) * PageSize).Take(PageSize)
                .Select(e => new
                {
                    e.Sequence, e.AtUtc, e.Action, e.Outcome, e.PatientId, e.Reason, e.Detail,
                    Person = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault(),
                    Patient = db.Patients.Where(p => p.Id == e.PatientId).Select(p => p.GivenName + " " + p.FamilyName).FirstOrDefault(),
                })
                .ToListAsync(token);
            var zone = await time.ZoneAsync(token);
            return new Page(
                rows.ConvertAll(e => new Entry(e.Sequence, TimeZoneInfo.ConvertTimeFromUtc(e.AtUtc, zone), e.Person, e.Action, e.Outcome, e.PatientId, e.Patient, e.Reason, e.Detail)),
                await filtered.LongCountAsync(token),
                await db.Staff.AsNoTracking().OrderBy(staff => staff.Name).Select(staff => new Person(staff.Id, staff.Name)).ToListAsync(token),
                await db.AuditEntries.Select(e => e.Action).Distinct().OrderBy(action => action).ToListAsync(token));
        }

        private async Task<IQueryable<AuditEntry>> FilterAsync(Query query, CancellationToken token)
        {
            var entries = db.AuditEntries.AsNoTracking();
            entries = query.UserId is { } person ? entries.Where(e => e.UserId == person) : entries;
            entries = query.PatientId is { } patient ? entries.Where(e => e.PatientId == patient) : entries;
            entries = string.IsNullOrEmpty(query.Action) ? entries : entries.Where(e => e.Action == query.Action);
            if (query.From is { } from)
            {
                var start = (await time.DayAsync(from, token)).FromUtc;
                entries = entries.Where(e => e.AtUtc >= start);
            }

            if (query.Until is { } until)
            {
                var end = (await time.DayAsync(until, token)).UntilUtc;
                entries = entries.Where(e => e.AtUtc < end);
            }

            return entries;
        }
    }
}
