using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Which session of which course an appointment is, and whether those after it still keep the interval.</summary>
public static class GetCoursePlace
{
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(Guid AppointmentId) : IQuery<Place>;

    /// <param name="CourseId">Null: it belongs to none, or the chart is not open to this person.</param>
    /// <param name="OutOfStep">How many sessions after it could be moved so that the interval is kept; 0 = they keep it.</param>
    public sealed record Place(Guid? CourseId, int Number, int Sessions, int OutOfStep);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access) : IRequestHandler<Query, Outcome<Place>>
    {
        private static readonly Place None = new(null, 0, 0, 0);

        public async Task<Outcome<Place>> Handle(Query query, CancellationToken token)
        {
            var appointment = await db.Appointments.AsNoTracking().Include(a => a.Course).SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (appointment.Course is not { } course || !await access.MayReadChartAsync(appointment.PatientId, token))
            {
                return None;
            }

            var sessions = await db.Appointments.AsNoTracking()
                .Where(a => a.CourseId == course.Id && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow)
                .OrderBy(a => a.StartUtc).Select(a => new { a.Id, a.WallStart }).ToListAsync(token);
            var index = sessions.FindIndex(session => session.Id == appointment.Id);
            var days = sessions.Skip(Math.Max(0, index)).Select(session => DateOnly.FromDateTime(session.WallStart)).ToList();
            var inStep = days.Zip(days.Skip(1)).All(pair => pair.Second.DayNumber - pair.First.DayNumber is var gap && gap >= course.IntervalDaysMin && gap <= (course.IntervalDaysMax ?? int.MaxValue));
            return index < 0 ? None : new Place(course.Id, index + 1, course.Sessions, course.IsOpen && !inStep ? days.Count - 1 : 0);
        }
    }
}
