using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Finds people by name, phone, birth date or e-mail. It tells how to reach them and when they come, nothing of their health.</summary>
public static class FindPatients
{
    [Requires(Permission.FindPatients)]
    public sealed class Query : IQuery<Page>
    {
        /// <summary>Names in any order and by their beginnings, digits of the phone, a date of birth, an e-mail address. Empty: everybody.</summary>
        public string Text { get; set; } = "";

        /// <summary>Counted from 1.</summary>
        public int PageNumber { get; set; } = 1;
        public int PageSize { get; set; } = 20;

        /// <summary>Also what the rule book says about the next appointment, where the chart is open to this person: a look into that chart. Not for mere choosing.</summary>
        public bool WithDecisions { get; set; }
    }

    public sealed record Page(IReadOnlyList<Row> Rows, long Total);

    /// <param name="NextStart">On the clinic's wall clock.</param>
    /// <param name="NextDecision">What the rule book says about that appointment; only when asked for, and for those who may open the chart.</param>
    /// <param name="ChartIsOpen">Whether this person may open the chart without giving a reason.</param>
    public sealed record Row(
        Guid Id, string Name, DateOnly BirthDate, int Age, string? Phone, string? Email, DateTime? NextStart, AppointmentKind? NextKind, Decision? NextDecision, DateOnly? NextEarliest, bool ChartIsOpen);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Text).MaximumLength(200).WithMessage("Search with fewer words.");
            RuleFor(query => query.PageNumber).InclusiveBetween(1, 1_000_000).WithMessage("There is no such page.");
            RuleFor(query => query.PageSize).InclusiveBetween(1, 100).WithMessage("Ask for 1 to 100 people at a time.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, ClinicTime time) : IRequestHandler<Query, Outcome<Page>>
    {
        public async Task<Outcome<Page>> Handle(Query query, CancellationToken token)
        {
            var found = db.Patients.AsNoTracking().Matching(query.Text);
            var total = await found.LongCountAsync(token);
            var people = await found
                .OrderBy(patient => patient.FamilyName).ThenBy(patient => patient.GivenName).ThenBy(patient => patient.Id)
                .Skip((query.PageNumber - 1) * query.PageSize).Take(query.PageSize)
                .Select(patient => new { patient.Id, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Phone, patient.Email })
                .ToListAsync(token);

            var ids = people.Select(patient => patient.Id).ToList();
            var now = time.UtcNow;
            var coming = (await db.Appointments.AsNoTracking()
                .Where(a => ids.Contains(a.PatientId) && a.EndUtc > now).Where(Appointment.Stands)
                .Select(a => new { a.PatientId, a.WallStart, a.StartUtc, a.Kind, a.Decision, a.EarliestSafeDate })
                .ToListAsync(token))
                .GroupBy(a => a.PatientId).ToDictionary(group => group.Key, group => group.MinBy(a => a.StartUtc));
            var mine = await access.ReadableChartsAsync(ids, token);
            var today = await time.TodayAsync(token);
            trail.Record(nameof(FindPatients), "Done");
            trail.Listed(nameof(FindPatients), ids.Where(id => query.WithDecisions && mine.Contains(id) && coming.GetValueOrDefault(id)?.Decision is not null));
            return new Page(
                [
                    .. people.Select(patient =>
                    {
                        var next = coming.GetValueOrDefault(patient.Id);
                        var open = mine.Contains(patient.Id);
                        var tells = open && query.WithDecisions;
                        return new Row(
                            patient.Id, $"{patient.GivenName} {patient.FamilyName}", patient.BirthDate, Ages.On(today, patient.BirthDate), patient.Phone, patient.Email,
                            next?.WallStart, next?.Kind, tells ? next?.Decision : null, tells ? next?.EarliestSafeDate : null, open);
                    }),
                ],
                total);
        }
    }
}
