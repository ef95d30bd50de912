using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Waitlist;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Gives an appointment another time, practitioner or room; the new day is assessed like a new booking. Either all of it moves or nothing.</summary>
public static class MoveAppointment
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Guid>, IBookedTime
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }

        /// <summary>The version that the person saw.</summary>
        public Guid Version { get; set; }
        public DateOnly? Date { get; set; }
        public TimeOnly? Start { get; set; }
        public int? Minutes { get; set; }
        public Guid? PractitionerId { get; set; }
        public Guid? RoomId { get; set; }
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            Include(new BookedTimeValidator());
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessment lists.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, Columns columns, Timetable timetable, BookingJudgement judgement, Outbox outbox, WaitlistOffers offers, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var appointment = await db.Appointments.Include(a => a.Claims).SingleOrDefaultAsync(a => a.Id == command.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToContactAsync(appointment.PatientId, nameof(MoveAppointment), token) is { } refusal)
            {
                return refusal;
            }

            trail.Concerns(appointment.PatientId, appointment.Id);
            if (!await columns.AreOpenAsync([appointment.PractitionerId], token))
            {
                return Columns.OfAColleague;
            }

            if (appointment.Version != command.Version)
            {
                return new Failure.Stale();
            }

            if (!appointment.MayMove)
            {
                return new Failure.Conflict("It can no longer be moved: it is checked in, over or cancelled. Book a new one instead.");
            }

            var (spot, unusable) = await timetable.FindAsync(command, appointment.Kind, appointment.Plan, appointment.PatientId, appointment.Id, token);
            if (spot is null)
            {
                return unusable!;
            }

            await timetable.ReleaseExpiredAsync(spot, token);
            if (!appointment.MayMove)
            {
                return new Failure.Conflict(Timetable.Expired + " Book a new one.");
            }

            appointment.Acknowledged = [.. command.Acknowledged.Distinct(StringComparer.Ordinal)];
            var freed = appointment.Spot;
            appointment.MoveTo(spot);
            if (await judgement.JudgeAsync(appointment, token) is { } forbidden)
            {
                return forbidden;
            }

            await outbox.MovedAsync(appointment, token);
            if ((await timetable.SaveAsync(appointment, token) ?? await reassess.RefuseWorseAsync(appointment, token, appointment.CourseId)) is { } lost)
            {
                return lost;
            }

            await offers.OfferAsync(freed, appointment.PatientId, token);
            return appointment.Id;
        }
    }
}
