using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Keeps a time for a patient with a practitioner in a room, if the rule book permits the treatment on that day.</summary>
public static class BookAppointment
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Guid>, IBookingRequest, IPlanForm
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid? PatientId { get; set; }
        public AppointmentKind Kind { get; set; } = AppointmentKind.Session;

        /// <summary>The course that this is a session of; none for anything else.</summary>
        public Guid? CourseId { get; set; }
        public DateOnly? Date { get; set; }

        /// <summary>On the clinic's wall clock.</summary>
        public TimeOnly? Start { get; set; }
        public int? Minutes { get; set; } = 30;
        public Guid? PractitionerId { get; set; }
        public Guid? RoomId { get; set; }
        public string? Indication { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public string? Administration { get; set; }
        public IReadOnlyList<string> Ingredients { get; set; } = [];

        /// <summary>Rules whose measure the person who books has read and accepts.</summary>
        public IReadOnlyList<string> Acknowledged { get; set; } = [];

        /// <summary>An e-mail with day and time, without health details. Reminders are sent either way.</summary>
        public bool SendConfirmation { get; set; } = true;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            Include(new BookedTimeValidator());
            RuleFor(command => command.PatientId).NotNull().WithMessage("Choose the patient.");
            RuleFor(command => command.Kind).IsInEnum().WithMessage("Choose what the appointment is.");
            RuleFor(command => command.CourseId).Null().When(command => command.Kind != AppointmentKind.Session).WithMessage("Only a session belongs to a course.");
            RuleFor(command => command.Areas).Must(TickedLists.AreSane).WithMessage("Choose areas of the list.");
            RuleFor(command => command.Ingredients).Must(TickedLists.AreSane).WithMessage("Choose ingredients of the list.");
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessment lists.");
        }
    }

    internal sealed class Handler(
        ClinicDbContext db, CurrentUser user, ClinicTime time, PatientAccess access, AuditTrail trail, Timetable timetable, BookingJudgement judgement, Outbox outbox, ReassessFuture reassess, RuleBook book)
        : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var patient = command.PatientId!.Value;
            if (await access.ToContactAsync(patient, nameof(BookAppointment), token) is { } refusal)
            {
                return refusal;
            }

            if (BookingPlan.Problems(command, book.Knowledge) is { Count: > 0 } problems)
            {
                return new Failure.Invalid(problems);
            }

            if (command.CourseId is { } course && await WhyNotInAsync(course, patient, token) is { } closed)
            {
                return new Failure.Invalid(nameof(command.CourseId), closed);
            }

            var plan = BookingPlan.Of(command);
            var (spot, unusable) = await timetable.FindAsync(command, command.Kind, plan, patient, null, token);
            if (spot is null)
            {
                return unusable!;
            }

            await timetable.ReleaseExpiredAsync(spot, token);
            var appointment = new Appointment
            {
                PatientId = patient,
                PractitionerId = spot.PractitionerId,
                RoomId = spot.RoomId,
                DeviceId = spot.DeviceId,
                CleaningMinutes = spot.CleaningMinutes,
                Kind = command.Kind,
                CourseId = command.CourseId,
                StartUtc = spot.StartUtc,
                EndUtc = spot.EndUtc,
                WallStart = spot.WallStart,
                Plan = BookingPlan.IsEmpty(plan) ? null : plan,
                Acknowledged = [.. command.Acknowledged.Distinct(StringComparer.Ordinal)],
                BookedById = user.RequiredId,
                BookedUtc = time.UtcNow,
            };
            trail.Concerns(patient, appointment.Id);
            if (await judgement.JudgeAsync(appointment, token) is { } forbidden)
            {
                return forbidden;
            }

            appointment.ClaimSlots();
            db.Appointments.Add(appointment);
            await outbox.BookedAsync(appointment, command.SendConfirmation, token);
            return (await timetable.SaveAsync(appointment, token) ?? await reassess.RefuseWorseAsync(appointment, token)) is { } lost ? lost : appointment.Id;
        }

        private async Task<string?> WhyNotInAsync(Guid courseId, Guid patient, CancellationToken token)
        {
            var course = await db.Courses.AsNoTracking().Where(c => c.Id == courseId && c.PatientId == patient && c.State == CourseState.Active)
                .Select(c => new { c.Sessions, SoFar = db.Appointments.Count(a => a.CourseId == c.Id && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow) })
                .SingleOrDefaultAsync(token);
            return course is null ? "This course is not open. Resume it, or book without a course."
                : course.SoFar >= course.Sessions ? $"All {course.Sessions} sessions of this course are booked or done. Give the course more sessions, or book without it."
                : null;
        }
    }
}
