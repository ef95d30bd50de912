using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Coming appointments that turned worse without anybody asking, with the telephone number of whom to call. The nearest first.</summary>
public static class ListSafetyTasks
{
    private const int Most = 100;

    [Requires(Permission.HandleSafetyTasks)]
    public sealed record Query : IQuery<View>;

    /// <param name="Total">All open tasks; the list stops at a hundred.</param>
    public sealed record View(IReadOnlyList<Item> Tasks, int Total);

    /// <param name="Start">On the clinic's wall clock, as is <paramref name="Raised"/>.</param>
    /// <param name="Because">The findings that stand in the way; null for those who may not read the chart.</param>
    /// <param name="Decision">Null for those who may not read the chart.</param>
    public sealed record Item(
        Guid Id, Guid Version, Guid PatientId, string Patient, string? Phone, Guid AppointmentId, AppointmentKind Kind, DateTime Start, string Practitioner, SafetyTaskCause Cause, DateTime Raised,
        Decision? Decision, string? Because, DateOnly? EarliestSafeDate);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var now = time.UtcNow;
            var open =
                from task in db.SafetyTasks.AsNoTracking()
                join appointment in db.Appointments.AsNoTracking().Where(Appointment.HasNotBegun) on task.AppointmentId equals appointment.Id
                where task.HandledUtc == null && appointment.EndUtc > now
                select new { task, appointment };
            var found = await open.OrderBy(row => row.appointment.StartUtc).ThenBy(row => row.task.Id).Take(Most)
                .Select(row => new { row.task, row.appointment, row.appointment.Patient!.GivenName, row.appointment.Patient.FamilyName, row.appointment.Patient.Phone, Practitioner = row.appointment.Practitioner!.Name })
                .ToListAsync(token);
            List<Guid> patients = [.. found.Select(row => row.task.PatientId).Distinct()];
            var readable = await access.ReadableChartsAsync(patients, token);
            List<Guid> assessed = [.. found.Where(row => readable.Contains(row.task.PatientId)).Select(row => row.task.AssessmentId)];
            var results = await db.Assessments.AsNoTracking().Where(stored => assessed.Contains(stored.Id)).ToDictionaryAsync(stored => stored.Id, stored => stored.Result, token);
            trail.Listed(nameof(ListSafetyTasks), patients);
            var items = new List<Item>(found.Count);
            foreach (var row in found)
            {
                var mayRead = readable.Contains(row.task.PatientId);
                var result = mayRead ? results[row.task.AssessmentId] : null;
                items.Add(new Item(
                    row.task.Id, row.task.Version, row.task.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, row.appointment.Id, row.appointment.Kind, row.appointment.WallStart, row.Practitioner,
                    row.task.Cause, await time.ToWallAsync(row.task.RaisedUtc, token),
                    mayRead ? row.task.After : null, result is null ? null : Because(result), mayRead ? row.appointment.EarliestSafeDate : null));
            }

            return new View(items, found.Count < Most ? found.Count : await open.CountAsync(token));
        }

        private static string? Because(Assessment result)
        {
            var worst = result.Findings.Where(finding => finding.Action > Decision.AllowWithCaution).Select(finding => finding.Title).ToList();
            return worst.Count > 0 ? string.Join("; ", worst) : null;
        }
    }
}
