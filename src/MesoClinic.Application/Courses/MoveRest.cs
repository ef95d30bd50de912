using FluentValidation;
using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Waitlist;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Moves several sessions of a course at once, each assessed anew: all of them, or none. One may take the time that another one leaves; what nobody of them takes is offered to who waits.</summary>
public static class MoveRest
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid CourseId { get; set; }
        public List<SeriesItem> Items { get; set; } = [];
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Items).AreSeries().Must(items => items.TrueForAll(item => item is { AppointmentId: not null, Version: not null })).WithMessage("Choose appointments of the course.");
            RuleForEach(command => command.Items).SetValidator(new BookedTimeValidator());
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessments list.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CourseSteps steps, Columns columns, Timetable timetable, BookingJudgement judgement, Outbox outbox, WaitlistOffers offers, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var (course, refusal) = await steps.LoadAsync(command.CourseId, nameof(MoveRest), token);
            if (course is null)
            {
                return refusal!;
            }

            var ids = command.Items.ConvertAll(item => item.AppointmentId!.Value);
            var moving = await db.Appointments.Include(a => a.Claims).Where(a => a.CourseId == course.Id && ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, token);
            if (moving.Count != ids.Distinct().Count())
            {
                return new Failure.NotFound();
            }

            if (!await columns.AreOpenAsync(moving.Values.Select(appointment => appointment.PractitionerId), token))
            {
                return Columns.OfAColleague;
            }

            if (command.Items.Exists(item => moving[item.AppointmentId!.Value].Version != item.Version))
            {
                return new Failure.Stale();
            }

            if (moving.Values.Any(appointment => !appointment.MayMove))
            {
                return new Failure.Conflict("One of them can no longer be moved: it is checked in, over or cancelled. Nothing was changed.");
            }

            // All at once: each may need the time that another one gives back.
            var freed = moving.Values.Select(appointment => appointment.Spot).ToList();
            foreach (var appointment in moving.Values)
            {
                appointment.Claims.Clear();
            }

            await db.SaveChangesAsync(token);
            foreach (var item in command.Items.OrderBy(item => item.Date))
            {
                if (await MoveAsync(moving[item.AppointmentId!.Value], item, command.Acknowledged, token) is { } failure)
                {
                    return SeriesItems.Of(item, failure);
                }
            }

            foreach (var item in command.Items.OrderBy(item => item.Date))
            {
                if (await judgement.JudgeAsync(moving[item.AppointmentId!.Value], token) is { } forbidden)
                {
                    return SeriesItems.Of(item, forbidden);
                }

                await outbox.MovedAsync(moving[item.AppointmentId!.Value], token);
            }

            await db.SaveChangesAsync(token);
            await reassess.OfAsync(course.PatientId, token);
            await offers.OfferAsync(freed, course.PatientId, token);
            return default(Done);
        }

        private async Task<Failure?> MoveAsync(Appointment appointment, SeriesItem item, IReadOnlyList<string> acknowledged, CancellationToken token)
        {
            var (spot, unusable) = await timetable.FindAsync(item, appointment.Kind, appointment.Plan, appointment.PatientId, appointment.Id, token);
            if (spot is null)
            {
                return unusable;
            }

            await timetable.ReleaseExpiredAsync(spot, token);
            if (!appointment.MayMove)
            {
                return new Failure.Conflict(Timetable.Expired);
            }

            appointment.Acknowledged = [.. acknowledged.Union(appointment.Acknowledged, StringComparer.Ordinal)];
            appointment.MoveTo(spot);
            return await timetable.SaveAsync(appointment, token);
        }
    }
}
