using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Courses;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>New times for the sessions after one that was moved, so that the course keeps its interval. Nothing is stored.</summary>
public static class PreviewRest
{
    [Requires(Permission.Book)]
    public sealed record Query(Guid AppointmentId) : IQuery<Result>;

    /// <param name="Rest">The sessions after it, each with the time proposed for it in the same order; fewer times when no day was found.</param>
    public sealed record Result(Guid CourseId, IReadOnlyList<Later> Rest, Series Series);

    /// <param name="Start">As it is booked, on the clinic's wall clock.</param>
    public sealed record Later(Guid AppointmentId, Guid Version, DateTime Start, int Minutes);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicAssessor assessor, SeriesSearch series) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var moved = await db.Appointments.AsNoTracking().Include(a => a.Course).SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token);
            if (moved?.Course is not { } course)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(course.PatientId, nameof(PreviewRest), token, course.Id) is { } refusal)
            {
                return refusal;
            }

            var all = await db.Appointments.AsNoTracking()
                .Where(a => a.CourseId == course.Id && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow).OrderBy(a => a.StartUtc).ToListAsync(token);
            var later = all.Where(a => a.StartUtc > moved.StartUtc && a.State == AppointmentState.Booked).ToList();
            if (later.Count == 0)
            {
                return new Failure.Conflict("No session after this one is booked.");
            }

            var day = DateOnly.FromDateTime(moved.WallStart);
            var soFar = new CourseSoFar(all.Count(a => a.StartUtc <= moved.StartUtc), day);
            var interval = SeriesSearch.IntervalOf(course);
            var asked = new DaySearch.Asked(later[0].PractitionerId, null, course.PatientId, later.Max(a => a.Minutes), DeviceNeeds.Of(AppointmentKind.Session, course.Plan)) { Without = later.ConvertAll(a => a.Id) };
            var facts = await assessor.RequestAsync(course.PatientId, course.Plan, AppointmentKind.Session, day, Stage.Booking, moved.Id, token);
            var ahead = all.Count(a => a.StartUtc <= moved.StartUtc && a.IsOpen);
            facts = facts with { Date = day.AddDays(interval.Wished), Plan = facts.Plan with { SessionNumber = facts.Plan.SessionNumber + ahead, LastSession = facts.Plan.LastSession is { } last && last > day ? last : day } };
            var wish = new SeriesSearch.Wish(day.AddDays(interval.Wished), later.Count, TimeOnly.FromDateTime(later[0].WallStart), asked, interval, soFar, facts);
            return new Result(course.Id, later.ConvertAll(a => new Later(a.Id, a.Version, a.WallStart, a.Minutes)), await series.FindAsync(wish, token));
        }
    }
}
