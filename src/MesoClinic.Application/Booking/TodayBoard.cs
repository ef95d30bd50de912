using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>The working day in order, who waits, and what needs somebody.</summary>
public static class TodayBoard
{
    /// <summary>How far ahead alarms look.</summary>
    private const int AlarmDays = 30;
    private const int MostWaiting = 50;

    [Requires(Permission.ReadCalendar)]
    public sealed record Query(bool Everyone = false) : IQuery<Result>;

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="TakesAppointments">Whether this person has a day of their own; without one, everybody's is shown.</param>
    /// <param name="Alarms">Confirmed treatments ahead that the rule book no longer permits, as far as no safety task says so already.</param>
    /// <param name="Provisional">Provisional bookings ahead, the one that ends first on top.</param>
    /// <param name="ForPhysician">For physicians only: what waits for one.</param>
    public sealed record Result(DateTime Now, bool Everyone, bool TakesAppointments, IReadOnlyList<DayRow> Rows, IReadOnlyList<DayRow> Alarms, IReadOnlyList<DayRow> Provisional,
        IReadOnlyList<Waiting> ForPhysician, bool SignedOff);

    /// <summary>A treatment ahead that waits for a physician's decision. What it is about opens with the chart.</summary>
    public sealed record Waiting(Guid AppointmentId, string Patient, DateTime Start, string Practitioner, DateTime? ProvisionalUntil);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, DayList days, SignOffs signOffs, Physicians physicians, AuditTrail trail) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var takes = await db.Staff.AnyAsync(member => member.Id == user.RequiredId && member.TakesAppointments, token);
            var everyone = query.Everyone || !takes;
            var today = await time.TodayAsync(token);
            var ahead = await days.OfAsync(today, today.AddDays(AlarmDays), everyone ? null : user.RequiredId, token);
            var waiting = ahead.Where(row => row.State is AppointmentState.Booked or AppointmentState.Arrived).ToList();
            var tasked = await db.SafetyTasks.Where(task => task.HandledUtc == null).Select(task => task.AppointmentId).ToListAsync(token);
            var result = new Result(
                await time.ToWallAsync(time.UtcNow, token), everyone, takes,
                [.. ahead.Where(row => DateOnly.FromDateTime(row.Start) == today && row.State != AppointmentState.Cancelled)],
                [.. waiting.Where(row => row is { Decision: > Decision.AllowWithCaution, ProvisionalUntil: null } && row.Kind.IsTreatment() && !tasked.Contains(row.Id))],
                [.. waiting.Where(row => row.ProvisionalUntil is not null).OrderBy(row => row.ProvisionalUntil)],
                await ForPhysicianAsync(token),
                await signOffs.IsBookSignedAsync(token));
            trail.Listed(nameof(TodayBoard), result.Rows.Concat(result.Alarms).Concat(result.Provisional).Where(row => row.TellsOfChart).Select(row => row.PatientId));
            return result;
        }

        private async Task<List<Waiting>> ForPhysicianAsync(CancellationToken token)
        {
            if (await physicians.MeAsync(Permission.GiveOverrides, token) is null)
            {
                return [];
            }

            var now = time.UtcNow;
            var rows = await db.Appointments.AsNoTracking()
                .Where(Appointment.ComingTreatment(now))
                .Where(a => a.Decision == Decision.PhysicianReview && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > now))
                .OrderBy(a => a.ProvisionalUntilUtc ?? a.StartUtc).Take(MostWaiting)
                .Select(a => new { a.Id, a.Patient!.GivenName, a.Patient.FamilyName, a.WallStart, Practitioner = a.Practitioner!.Name, a.ProvisionalUntilUtc })
                .ToListAsync(token);
            var waiting = new List<Waiting>(rows.Count);
            foreach (var row in rows)
            {
                waiting.Add(new Waiting(row.Id, $"{row.GivenName} {row.FamilyName}", row.WallStart, row.Practitioner, row.ProvisionalUntilUtc is { } until ? await time.ToWallAsync(until, token) : null));
            }

            return waiting;
        }
    }
}
