using FluentValidation;
using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Waitlist;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Stops a course for good. Its appointments ahead stay, unless it is asked to cancel them too; then whoever waits is offered their times.</summary>
public static class StopCourse
{
    public const string CancelledWith = "The course was stopped.";

    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid CourseId { get; set; }
        public string Reason { get; set; } = "";
        public bool CancelAppointments { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why it is stopped.")
            .MaximumLength(Limits.Line).WithMessage($"At most {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, CourseSteps steps, Columns columns, Outbox outbox, WaitlistOffers offers, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var (course, refusal) = await steps.LoadAsync(command.CourseId, nameof(StopCourse), token);
            if (course is null)
            {
                return refusal!;
            }

            if (!course.IsOpen)
            {
                return new Failure.Conflict("It is over already.");
            }

            var now = time.UtcNow;
            course.Stop(command.Reason.Trim(), now);
            List<Spot> freed = [];
            if (command.CancelAppointments)
            {
                var ahead = await db.Appointments.Include(a => a.Claims).Where(a => a.CourseId == course.Id && a.StartUtc > now && a.State == AppointmentState.Booked).ToListAsync(token);
                if (!await columns.AreOpenAsync(ahead.Select(appointment => appointment.PractitionerId), token))
                {
                    return Columns.OfAColleague;
                }

                freed = ahead.ConvertAll(appointment => appointment.Spot);
                foreach (var appointment in ahead)
                {
                    appointment.Cancel(CancelCode.CourseStopped, CancelledWith, now);
                    await outbox.CancelledAsync(appointment, token);
                }
            }

            await db.SaveChangesAsync(token);
            await offers.OfferAsync(freed, course.PatientId, token);
            return default(Done);
        }
    }
}
