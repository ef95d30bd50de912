using FluentValidation;
using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Times for the sessions of a course that are not booked yet, each judged; nothing is stored and nothing is held.</summary>
public static class PreviewSeries
{
    [Requires(Permission.Book)]
    public sealed class Query : IQuery<Series>
    {
        public Guid CourseId { get; set; }

        /// <summary>The wished first day; empty = as soon as the interval permits.</summary>
        public DateOnly? First { get; set; }

        /// <summary>Empty = any day.</summary>
        public DayOfWeek? Weekday { get; set; }

        /// <summary>Empty = the first free time.</summary>
        public TimeOnly? Start { get; set; }

        /// <summary>Empty = anybody.</summary>
        public Guid? PractitionerId { get; set; }
        public Guid? RoomId { get; set; }
        public int? Minutes { get; set; }

        /// <summary>Empty = all that are not booked yet.</summary>
        public int? Count { get; set; }
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Minutes).NotNull().WithMessage("Say how long each takes, in minutes.").Must(minutes => minutes is null || (minutes is >= 5 and <= Appointment.LongestMinutes && minutes % 5 == 0))
                .WithMessage($"Between 5 and {Appointment.LongestMinutes} minutes, in steps of five.");
            RuleFor(query => query.Count).InclusiveBetween(1, Course.MostSessions).WithMessage($"Between 1 and {Course.MostSessions} sessions.");
            RuleFor(query => query.Start).Must(start => start is null || start.Value.Ticks % SlotClaim.Grain.Ticks == 0).WithMessage("Start on a full five minutes.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, ClinicAssessor assessor, SeriesSearch series) : IRequestHandler<Query, Outcome<Series>>
    {
        public async Task<Outcome<Series>> Handle(Query query, CancellationToken token)
        {
            if (await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Id == query.CourseId, token) is not { } course)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(course.PatientId, nameof(PreviewSeries), token, course.Id) is { } refusal)
            {
                return refusal;
            }

            var soFar = await db.SoFarAsync(course.Id, token);
            var left = course.Sessions - soFar.Sessions;
            if (course.State != CourseState.Active || left <= 0)
            {
                return new Failure.Conflict(left <= 0 ? "All sessions of this course are booked or done." : "This course is not running. Resume it first.");
            }

            var today = await time.TodayAsync(token);
            var interval = SeriesSearch.IntervalOf(course);
            var first = Latest(query.First ?? soFar.LastSession?.AddDays(interval.Wished) ?? today, today);
            while (query.Weekday is { } weekday && first.DayOfWeek != weekday)
            {
                first = first.AddDays(1);
            }

            var asked = new DaySearch.Asked(query.PractitionerId, query.RoomId, course.PatientId, query.Minutes!.Value, DeviceNeeds.Of(AppointmentKind.Session, course.Plan));
            var facts = await assessor.RequestAsync(course.PatientId, course.Plan, AppointmentKind.Session, first, Stage.Booking, null, token);
            facts = (await BookedSessions.OfAsync(db, [course.Id], time.UtcNow, today, token)).PlaceAfterAll(facts, course.Id);
            return await series.FindAsync(new SeriesSearch.Wish(first, Math.Min(query.Count ?? left, left), query.Start, asked, interval, soFar, facts), token);
        }

        private static DateOnly Latest(DateOnly a, DateOnly b) => a > b ? a : b;
    }
}
