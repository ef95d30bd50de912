using FluentValidation;
using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;

namespace MesoClinic.Application.Courses;

/// <summary>Books several sessions of a course at once, each assessed in the order of their days: all of them, or none.</summary>
public static class BookSeries
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<IReadOnlyList<Guid>>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid CourseId { get; set; }

        /// <summary>The times that are wanted; what was unticked is left out.</summary>
        public List<SeriesItem> Items { get; set; } = [];
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Items).AreSeries();
            RuleForEach(command => command.Items).SetValidator(new BookedTimeValidator());
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessments list.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, CourseSteps steps, Timetable timetable, BookingJudgement judgement, Outbox outbox, ReassessFuture reassess) : IRequestHandler<Command, Outcome<IReadOnlyList<Guid>>>
    {
        public async Task<Outcome<IReadOnlyList<Guid>>> Handle(Command command, CancellationToken token)
        {
            var (course, refusal) = await steps.LoadAsync(command.CourseId, nameof(BookSeries), token);
            if (course is null)
            {
                return refusal!;
            }

            if (course.State != CourseState.Active)
            {
                return new Failure.Conflict("This course is not running. Resume it first.");
            }

            var left = course.Sessions - (await db.SoFarAsync(course.Id, token)).Sessions;
            if (command.Items.Count > left)
            {
                return new Failure.Conflict(left <= 0 ? "All sessions of this course are booked or done." : $"Only {left} of this course are still to be booked. Nothing was changed.");
            }

            var booked = new List<(SeriesItem Item, Appointment Appointment)>();
            foreach (var item in command.Items.OrderBy(item => item.Date).ThenBy(item => item.Start))
            {
                var (spot, unusable) = await timetable.FindAsync(item, AppointmentKind.Session, course.Plan, course.PatientId, null, token);
                if (spot is null)
                {
                    return SeriesItems.Of(item, unusable!);
                }

                await timetable.ReleaseExpiredAsync(spot, token);
                var appointment = AppointmentOf(course, spot, command.Acknowledged);
                appointment.ClaimSlots();
                db.Appointments.Add(appointment);
                if (await timetable.SaveAsync(appointment, token) is { } lost)
                {
                    return SeriesItems.Of(item, lost);
                }

                booked.Add((item, appointment));
            }

            foreach (var (item, appointment) in booked)
            {
                if (await judgement.JudgeAsync(appointment, token) is { } forbidden)
                {
                    return SeriesItems.Of(item, forbidden);
                }

                await outbox.BookedAsync(appointment, confirm: true, token);
            }

            await db.SaveChangesAsync(token);

            // A session outside the course that is booked between or after these is judged by them.
            await reassess.OfAsync(course.PatientId, token);
            return booked.ConvertAll(row => row.Appointment.Id);
        }

        private Appointment AppointmentOf(Course course, Spot spot, IReadOnlyList<string> acknowledged) => new()
        {
            PatientId = course.PatientId,
            PractitionerId = spot.PractitionerId,
            RoomId = spot.RoomId,
            DeviceId = spot.DeviceId,
            CleaningMinutes = spot.CleaningMinutes,
            Kind = AppointmentKind.Session,
            CourseId = course.Id,
            StartUtc = spot.StartUtc,
            EndUtc = spot.EndUtc,
            WallStart = spot.WallStart,
            Plan = course.Plan,
            Acknowledged = [.. acknowledged.Distinct(StringComparer.Ordinal)],
            BookedById = user.RequiredId,
            BookedUtc = time.UtcNow,
        };
    }
}
