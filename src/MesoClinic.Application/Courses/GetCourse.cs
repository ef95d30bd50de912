using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>One course: its plan, its sessions in order, and how far it has come.</summary>
public static class GetCourse
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid CourseId) : IQuery<Result>;

    /// <param name="MayPlan">Whether this person may book, pause and stop it.</param>
    public sealed record Result(
        CourseRow Course, PlannedTreatment Plan, bool SessionsAreOwnChoice, int IntervalDaysMin, int? IntervalDaysMax, bool IntervalIsOwnChoice, IReadOnlyList<SessionRow> Sessions, DateOnly PlannedOn, string PlannedBy, bool MayPlan,
        Guid Version);

    /// <param name="Number">Its place in the course; null for one that did not take place.</param>
    /// <param name="Start">On the clinic's wall clock.</param>
    public sealed record SessionRow(Guid AppointmentId, int? Number, DateTime Start, AppointmentState State, Decision? Decision, bool IsProvisional, string Practitioner, string? CancelReason);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicTime time, CourseRows rows) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            if (await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Id == query.CourseId, token) is not { } course)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(course.PatientId, nameof(GetCourse), token, course.Id) is { } refusal)
            {
                return refusal;
            }

            var appointments = await db.Appointments.AsNoTracking().Where(a => a.CourseId == course.Id).OrderBy(a => a.StartUtc)
                .Select(a => new { a.Id, a.WallStart, a.State, a.Decision, a.ProvisionalUntilUtc, Practitioner = a.Practitioner!.Name, a.CancelReason }).ToListAsync(token);
            var number = 0;
            var sessions = appointments.ConvertAll(a => new SessionRow(
                a.Id, a.State is AppointmentState.Cancelled or AppointmentState.NoShow ? null : ++number, a.WallStart, a.State, a.Decision, a.ProvisionalUntilUtc is not null, a.Practitioner, a.CancelReason));
            var planned = await time.ToWallAsync(course.PlannedUtc, token);
            return new Result(
                (await rows.OfAsync(db.Courses.Where(c => c.Id == course.Id), token))[0], course.Plan, course.SessionsAreOwnChoice, course.IntervalDaysMin, course.IntervalDaysMax, course.IntervalIsOwnChoice, sessions,
                DateOnly.FromDateTime(planned), await db.Staff.Where(member => member.Id == course.PlannedById).Select(member => member.Name).SingleOrDefaultAsync(token) ?? "",
                user.May(Permission.Book), course.Version);
        }
    }
}
