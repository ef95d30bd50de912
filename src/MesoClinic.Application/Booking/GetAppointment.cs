using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>One appointment with its last assessment and what can be done with it now.</summary>
public static class GetAppointment
{
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(Guid AppointmentId) : IQuery<Result>;

    /// <param name="Plan">Only for those who may read the chart, as are <paramref name="Decision"/>, <paramref name="Assessment"/> and <paramref name="CancelReason"/>.</param>
    /// <param name="Overridden">Rules against which a physician had decided in the last assessment.</param>
    /// <param name="Start">On the clinic's wall clock, as are the other times.</param>
    public sealed record Result(
        Guid Id, Guid PatientId, string Patient, int Age, string? Phone, AppointmentKind Kind, AppointmentState State, DateTime Start, int Minutes,
        Guid PractitionerId, string Practitioner, Guid RoomId, string Room, PlannedTreatment? Plan, bool MayReadChart, Decision? Decision, DateOnly? EarliestSafeDate,
        Assessment? Assessment, IReadOnlyList<string> Overridden, DateTime? AssessedAt, IReadOnlyList<string> Acknowledged, DateTime? ProvisionalUntil, DateTime? ArrivedAt, DateTime? CheckedInAt, CancelCode? CancelCode, NoShowCode? NoShowCode, string? CancelReason, bool WasLate,
        string BookedBy, DateTime BookedAt, Guid? SessionId, AppointmentActions May, Guid Version);

    /// <summary>What the appointment's state, and the column that it is in, permit this person.</summary>
    public sealed record AppointmentActions(bool Arrive, bool CheckIn, bool Move, bool Cancel, bool NoShow, bool Complete);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, Columns columns, AuditTrail trail, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var appointment = await db.Appointments.AsNoTracking().Include(a => a.Patient).Include(a => a.Practitioner).Include(a => a.Room).SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToContactAsync(appointment.PatientId, nameof(GetAppointment), token) is { } refusal)
            {
                return refusal;
            }

            trail.Concerns(appointment.PatientId, appointment.Id);
            var mayRead = await access.MayReadChartAsync(appointment.PatientId, token);
            var stored = mayRead && appointment.AssessmentId is { } id ? await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) : null;
            var overridden = stored is null ? [] : await db.OverrideUses.Where(use => use.AssessmentId == stored.Id)
                .Join(db.Overrides, use => use.OverrideId, given => given.Id, (_, given) => given.Rule).Distinct().ToListAsync(token);
            var now = time.UtcNow;
            var (today, until) = await time.DayAsync(await time.TodayAsync(token), token);
            var (books, checksIn, isToday) = (user.May(Permission.Book) && await columns.AreOpenAsync([appointment.PractitionerId], token), user.May(Permission.CheckIn), appointment.StartUtc >= today && appointment.StartUtc < until);
            return new Result(
                appointment.Id, appointment.PatientId, appointment.Patient!.FullName, appointment.Patient.AgeOn(await time.TodayAsync(token)), appointment.Patient.Phone,
                appointment.Kind, appointment.State, appointment.WallStart, appointment.Minutes,
                appointment.PractitionerId, appointment.Practitioner!.Name, appointment.RoomId, appointment.Room!.Name,
                mayRead ? appointment.Plan : null, mayRead, mayRead ? appointment.Decision : null, mayRead ? appointment.EarliestSafeDate : null,
                stored?.Result, overridden, await WallAsync(stored?.AtUtc, token), mayRead ? appointment.Acknowledged : [],
                await WallAsync(appointment.ProvisionalUntilUtc, token), await WallAsync(appointment.ArrivedUtc, token), await WallAsync(appointment.CheckedInUtc, token), appointment.CancelCode, appointment.NoShowCode, mayRead ? appointment.CancelReason : null,
                appointment.StartUtc - appointment.CancelledUtc < Appointment.LateBefore,
                await db.Staff.Where(member => member.Id == appointment.BookedById).Select(member => member.Name).SingleOrDefaultAsync(token) ?? "",
                await time.ToWallAsync(appointment.BookedUtc, token),
                mayRead ? await db.Sessions.Where(s => s.AppointmentId == appointment.Id).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(token) : null,
                new AppointmentActions(
                    checksIn && isToday && appointment.MayArrive && !appointment.HasExpired(now),
                    checksIn && isToday && mayRead && appointment.MayCheckIn && !appointment.HasExpired(now),
                    books && appointment.MayMove && !appointment.HasExpired(now),
                    books && appointment.MayCancel,
                    checksIn && appointment.WasMissed(now),
                    checksIn && appointment.MayComplete),
                appointment.Version);
        }

        private async Task<DateTime?> WallAsync(DateTime? utc, CancellationToken token) => utc is { } at ? await time.ToWallAsync(at, token) : null;
    }
}
