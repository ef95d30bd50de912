using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>One patient's chart: who it is, what is known of their health, what has happened and what comes.</summary>
public static class GetChart
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<Chart>;

    public sealed record Chart
    {
        public required Guid Id { get; init; }
        public required Guid Version { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required DateOnly BirthDate { get; init; }
        public required int Age { get; init; }
        public required Sex Sex { get; init; }
        public string? Phone { get; init; }
        public string? Email { get; init; }
        public required string Language { get; init; }
        public required bool MayBeContacted { get; init; }
        public required DateOnly Today { get; init; }
        public required HealthProfile Profile { get; init; }

        /// <summary>The next appointment that is not over yet, and what the rule book says about it.</summary>
        public Visit? Next { get; init; }

        /// <summary>The newest first.</summary>
        public required IReadOnlyList<Visit> Appointments { get; init; }
        public required IReadOnlyList<ChartSession> Sessions { get; init; }
        public required IReadOnlyList<ChartComplication> Complications { get; init; }
        public required IReadOnlyList<ChartAllergyTest> AllergyTests { get; init; }

        public string Name => $"{GivenName} {FamilyName}";
    }

    /// <param name="Start">On the clinic's wall clock.</param>
    /// <param name="Because">The worst finding, in words.</param>
    public sealed record Visit(
        Guid Id, DateTime Start, AppointmentKind Kind, AppointmentState State, string Practitioner, string Room, Decision? Decision, DateOnly? EarliestSafeDate, bool IsProvisional, string? Because);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Chart>>
    {
        public async Task<Outcome<Chart>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, nameof(GetChart), token) is { } refusal)
            {
                return refusal;
            }

            var patient = await db.Patients.AsNoTracking().WithProfile().SingleAsync(p => p.Id == query.PatientId, token);
            var today = await time.TodayAsync(token);
            var visits = await VisitsAsync(query.PatientId, token);
            var records = new ChartRecords(db, time, book.Knowledge);
            return new Chart
            {
                Id = patient.Id,
                Version = patient.Version,
                GivenName = patient.GivenName,
                FamilyName = patient.FamilyName,
                BirthDate = patient.BirthDate,
                Age = patient.AgeOn(today),
                Sex = patient.Sex,
                Phone = patient.Phone,
                Email = patient.Email,
                Language = patient.Language,
                MayBeContacted = patient.MayBeContacted,
                Today = today,
                Profile = HealthProfiles.Of(patient, today, book.Knowledge),
                Next = visits.Next,
                Appointments = visits.All,
                Sessions = await records.SessionsAsync(query.PatientId, token),
                Complications = await records.ComplicationsAsync(query.PatientId, token),
                AllergyTests = await records.AllergyTestsAsync(query.PatientId, token),
            };
        }

        private async Task<(List<Visit> All, Visit? Next)> VisitsAsync(Guid patientId, CancellationToken token)
        {
            var rows = await db.Appointments.AsNoTracking()
                .Where(a => a.PatientId == patientId)
                .OrderByDescending(a => a.StartUtc)
                .Take(100)
                .Select(a => new { a.Id, a.WallStart, a.EndUtc, a.Kind, a.State, Practitioner = a.Practitioner!.Name, Room = a.Room!.Name, a.Decision, a.EarliestSafeDate, a.ProvisionalUntilUtc, a.AssessmentId })
                .ToListAsync(token);
            var now = time.UtcNow;
            var next = rows.LastOrDefault(a => a.EndUtc > now && a.State.IsOpen());
            var because = next?.AssessmentId is { } assessment
                ? (await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assessment, token))?.Result.Findings is [{ } worst, ..] ? worst.Because : null
                : null;
            var all = rows.ConvertAll(a => new Visit(
                a.Id, a.WallStart, a.Kind, a.State, a.Practitioner, a.Room, a.Decision, a.EarliestSafeDate, a.ProvisionalUntilUtc is not null, a.Id == next?.Id ? because : null));
            return (all, all.FirstOrDefault(visit => visit.Id == next?.Id));
        }
    }
}

internal static class PatientQueries
{
    public static IQueryable<Patient> WithProfile(this IQueryable<Patient> patients) => patients
        .Include(p => p.Conditions).Include(p => p.Medications).Include(p => p.Allergies).Include(p => p.Procedures).Include(p => p.Answers).Include(p => p.Measurements)
        .AsSplitQuery();
}
