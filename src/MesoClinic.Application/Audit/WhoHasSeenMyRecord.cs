using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Audit;

/// <summary>For the patient: who looked at, or changed, their record on which day.</summary>
public static class WhoHasSeenMyRecord
{
    private const int Days = 365;
    private const int Longest = 500;

    /// <param name="PatientId">For a guardian of several; null = the first record of this sign-in.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<IReadOnlyList<Day>>;

    /// <summary>All that one person did on one day.</summary>
    /// <param name="Changed">Wrote something, not only read.</param>
    /// <param name="WithReason">Does not treat the patient and gave a reason.</param>
    public sealed record Look(string Person, SeenBy By, bool Changed, string? WithReason, TimeOnly First, TimeOnly Last);

    public sealed record Day(DateOnly Date, IReadOnlyList<Look> Looks);

    public enum SeenBy
    {
        Clinic,
        Yourself,
        Guardian,
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<IReadOnlyList<Day>>>
    {
        public async Task<Outcome<IReadOnlyList<Day>>> Handle(Query query, CancellationToken token)
        {
            var patient = query.PatientId ?? (user.OwnPatients.Count > 0 ? user.OwnPatients[0] : Guid.Empty);
            if (access.ToOwn(patient, nameof(WhoHasSeenMyRecord)) is { } refusal)
            {
                return refusal;
            }

            var since = time.UtcNow.AddDays(-Days);
            var rows = await db.AuditEntries.AsNoTracking()
                .Where(e => e.PatientId == patient && e.AtUtc > since && e.UserId != null && (e.Outcome == "Read" || e.Outcome == "Done"))
                .OrderByDescending(e => e.Sequence).Take(Longest)
                .Join(db.Users, e => e.UserId, u => u.Id, (e, u) => new { e.AtUtc, e.Outcome, UserId = u.Id, u.DisplayName })
                .ToListAsync(token);
            var reasons = await db.ReasonedAccesses.AsNoTracking().Where(a => a.PatientId == patient && a.OpenedUtc > since).Select(a => new { a.StaffMemberId, a.OpenedUtc, a.Reason }).ToListAsync(token);
            var own = await db.PatientAccounts.AsNoTracking().Where(link => link.PatientId == patient).ToDictionaryAsync(link => link.UserId, link => link.Relation, token);
            var zone = await time.ZoneAsync(token);

            DateTime Wall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
            return rows.GroupBy(row => DateOnly.FromDateTime(Wall(row.AtUtc))).OrderByDescending(day => day.Key)
                .Select(day => new Day(day.Key, [.. day.GroupBy(row => row.UserId).Select(person => new Look(
                    person.First().DisplayName,
                    !own.TryGetValue(person.Key, out var relation) ? SeenBy.Clinic : person.Key == user.Id ? SeenBy.Yourself : relation == PatientRelation.Self ? SeenBy.Yourself : SeenBy.Guardian,
                    person.Any(row => row.Outcome == "Done"),
                    reasons.Find(reason => reason.StaffMemberId == person.Key && DateOnly.FromDateTime(Wall(reason.OpenedUtc)) == day.Key)?.Reason,
                    TimeOnly.FromDateTime(Wall(person.Min(row => row.AtUtc))),
                    TimeOnly.FromDateTime(Wall(person.Max(row => row.AtUtc)))))]))
                .ToList();
        }
    }
}
