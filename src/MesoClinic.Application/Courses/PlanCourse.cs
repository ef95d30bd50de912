using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules;
using MesoClinic.Rules.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Plans a series of sessions for an indication. Numbers that the tables do not recommend are kept as the clinician's own choice. Nothing is booked yet.</summary>
public static class PlanCourse
{
    [Requires(Permission.EditCharts)]
    public sealed class Command : ICommand<Guid>, IPlanForm
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid? PatientId { get; set; }
        public Guid? PractitionerId { get; set; }
        public AppointmentKind Kind => AppointmentKind.Session;
        public string? Indication { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public string? Administration { get; set; }
        public IReadOnlyList<string> Ingredients { get; set; } = [];
        public int? Sessions { get; set; }
        public int? IntervalDaysMin { get; set; }

        /// <summary>Empty = open.</summary>
        public int? IntervalDaysMax { get; set; }

        /// <summary>What is planned, as a booking asks for it.</summary>
        internal BookAppointment.Command AsBooking() =>
            new() { Kind = AppointmentKind.Session, Indication = Indication, Areas = Areas, Technique = Technique, Administration = Administration, Ingredients = Ingredients };
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.PatientId).NotNull().WithMessage("Choose the patient.");
            RuleFor(command => command.PractitionerId).NotNull().WithMessage("Choose who treats.");
            RuleFor(command => command.Areas).Must(TickedLists.AreSane).WithMessage("Choose areas of the list.");
            RuleFor(command => command.Ingredients).Must(TickedLists.AreSane).WithMessage("Choose ingredients of the list.");
            RuleFor(command => command.Sessions).NotNull().WithMessage("Say how many sessions are planned.").InclusiveBetween(1, Course.MostSessions).WithMessage($"Between 1 and {Course.MostSessions} sessions.");
            RuleFor(command => command.IntervalDaysMin).NotNull().WithMessage("Say how many days must lie between two sessions at least.")
                .InclusiveBetween(1, Course.LongestIntervalDays).WithMessage($"Between 1 and {Course.LongestIntervalDays} days.");
            RuleFor(command => command.IntervalDaysMax).InclusiveBetween(1, Course.LongestIntervalDays).WithMessage($"Between 1 and {Course.LongestIntervalDays} days, or empty.")
                .Must((command, max) => max is null || command.IntervalDaysMin is null || max >= command.IntervalDaysMin).WithMessage("Not fewer than the least.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, PatientAccess access, AuditTrail trail, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var patient = command.PatientId!.Value;
            if (await access.ToChartAsync(patient, nameof(PlanCourse), token) is { } refusal)
            {
                return refusal;
            }

            var asked = command.AsBooking();
            var problems = BookingPlan.Problems(asked, book.Knowledge);
            if (!await db.Staff.AnyAsync(member => member.Id == command.PractitionerId && member.IsActive && member.TakesAppointments, token))
            {
                problems[nameof(command.PractitionerId)] = ["This person takes no appointments. Choose somebody else."];
            }

            if (problems.Count > 0)
            {
                return new Failure.Invalid(problems);
            }

            var born = await db.Patients.Where(p => p.Id == patient).Select(p => p.BirthDate).SingleAsync(token);
            var protocol = Protocols.For(book, command.Indication!, born, await time.TodayAsync(token))!;
            var (sessions, min, max) = (command.Sessions!.Value, command.IntervalDaysMin!.Value, command.IntervalDaysMax);
            var course = new Course
            {
                PatientId = patient,
                PractitionerId = command.PractitionerId!.Value,
                Plan = BookingPlan.Of(asked),
                Sessions = sessions,
                SessionsAreOwnChoice = protocol.ChooseSessions(sessions).Source == CourseNumberSource.OwnChoice,
                IntervalDaysMin = min,
                IntervalDaysMax = max,
                IntervalIsOwnChoice = protocol.ChooseIntervalDays(min).Source == CourseNumberSource.OwnChoice
                    || (max is { } most ? protocol.ChooseIntervalDays(most).Source == CourseNumberSource.OwnChoice : protocol.IntervalDays.Max is not null),
                PlannedById = user.RequiredId,
                PlannedUtc = time.UtcNow,
            };
            trail.Concerns(patient, course.Id);
            db.Courses.Add(course);
            await db.SaveChangesAsync(token);
            return course.Id;
        }
    }
}
