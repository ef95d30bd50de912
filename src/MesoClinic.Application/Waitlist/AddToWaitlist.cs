using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>Puts a patient on the list of those who would take a time that becomes free.</summary>
public static class AddToWaitlist
{
    private const int LongestDays = 365;

    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid? PatientId { get; set; }
        public AppointmentKind Kind { get; set; } = AppointmentKind.Session;

        /// <summary>For a session: the course that goes on with it.</summary>
        public Guid? CourseId { get; set; }
        public int? Minutes { get; set; } = 30;

        /// <summary>Ids; empty = anybody.</summary>
        public IReadOnlyList<string> Practitioners { get; set; } = [];

        /// <summary>English names; empty = any.</summary>
        public IReadOnlyList<string> Weekdays { get; set; } = [];
        public PartOfDay PartOfDay { get; set; }
        public DateOnly? From { get; set; }
        public DateOnly? Until { get; set; }

        /// <summary>Rules whose measure the clinician has read: without, a time with such a finding is not offered.</summary>
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.PatientId).NotNull().WithMessage("Choose the patient.");
            RuleFor(command => command.Kind).Must(kind => kind is AppointmentKind.Session or AppointmentKind.Consultation or AppointmentKind.FollowUp)
                .WithMessage("Sessions, consultations and follow-ups can wait; an allergy test is booked.");
            RuleFor(command => command.CourseId).NotNull().When(command => command.Kind == AppointmentKind.Session).WithMessage("Choose the course that the session belongs to. Plan one in the patient's chart first.");
            RuleFor(command => command.CourseId).Null().When(command => command.Kind != AppointmentKind.Session).WithMessage("Only a session belongs to a course.");
            RuleFor(command => command.Minutes).Must(minutes => minutes is >= 5 and <= Appointment.LongestMinutes && minutes % 5 == 0).WithMessage($"Between 5 and {Appointment.LongestMinutes} minutes, in steps of five.");
            RuleFor(command => command.Practitioners).Must(ids => TickedLists.AreSane(ids) && ids.All(id => Guid.TryParse(id, out _))).WithMessage("Choose people of the list.");
            RuleFor(command => command.Weekdays).Must(days => TickedLists.AreSane(days) && days.All(day => Enum.TryParse<DayOfWeek>(day, out var parsed) && Enum.IsDefined(parsed))).WithMessage("Choose weekdays of the list.");
            RuleFor(command => command.PartOfDay).IsInEnum();
            RuleFor(command => command.Until).Must((command, until) => until is null || command.From is null || until >= command.From).WithMessage("The last day is not before the first.")
                .Must((command, until) => until is null || command.From is null || until <= command.From.Value.AddDays(LongestDays)).WithMessage("A year at most.");
            RuleFor(command => command.Until).NotNull().WithMessage("Say until when.");
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessment lists.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, PatientAccess access, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var patient = command.PatientId!.Value;
            if (await access.ToContactAsync(patient, nameof(AddToWaitlist), token) is { } refusal)
            {
                return refusal;
            }

            if (command.CourseId is { } course && !await db.Courses.AnyAsync(c => c.Id == course && c.PatientId == patient && c.State == CourseState.Active, token))
            {
                return new Failure.Invalid(nameof(command.CourseId), "This course is not open. Resume it first.");
            }

            var today = await time.TodayAsync(token);
            if (command.Until < today)
            {
                return new Failure.Invalid(nameof(command.Until), "This day is over.");
            }

            if (await db.Waitlist.AnyAsync(e => e.PatientId == patient && e.Kind == command.Kind && e.CourseId == command.CourseId && (e.State == WaitlistState.Waiting || e.State == WaitlistState.Offered), token))
            {
                return new Failure.Conflict("This patient waits for that already. Take the earlier entry off the list first.");
            }

            var entry = new WaitlistEntry
            {
                PatientId = patient,
                Kind = command.Kind,
                CourseId = command.CourseId,
                Minutes = command.Minutes!.Value,
                Practitioners = [.. command.Practitioners.Select(Guid.Parse).Distinct()],
                Weekdays = [.. command.Weekdays.Select(Enum.Parse<DayOfWeek>).Distinct()],
                PartOfDay = command.PartOfDay,
                From = command.From is { } from && from > today ? from : today,
                Until = command.Until!.Value,
                Acknowledged = [.. command.Acknowledged.Distinct(StringComparer.Ordinal)],
                AddedById = user.RequiredId,
                AddedUtc = time.UtcNow,
            };
            trail.Concerns(patient, entry.Id);
            db.Waitlist.Add(entry);
            await db.SaveChangesAsync(token);
            return entry.Id;
        }
    }
}
