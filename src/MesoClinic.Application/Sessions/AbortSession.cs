using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Waitlist;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Stops a session, with the reason. Before the first injection it ends the appointment; afterwards what was injected is still to be signed, and a colleague may stop it in the practitioner's place.</summary>
public static class AbortSession
{
    /// <summary>What the appointment says. Why it was given up is part of the session's record, which only those read who may open the chart.</summary>
    public const string CancelledWith = "The session was given up before it began.";

    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }
        public string Reason { get; set; } = "";

        /// <summary>Nothing was injected, but the ampoules of the record were opened: they leave the stock.</summary>
        public bool AmpoulesOpened { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why the session stops.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, SessionReview review, SessionStock stock, ReassessFuture reassess, WaitlistOffers offers) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await review.HoldAsync(command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            // While something may be in the skin nothing stands in the way, whatever was saved elsewhere meanwhile. Before that what ends is what was on the screen.
            if (SessionStates.RefuseStop(session, user, session.StartedUtc is null ? command.Version : session.Version) is { } failure)
            {
                return failure;
            }

            if (session.IsAborted)
            {
                return new Failure.Conflict("This session is stopped already.");
            }

            Spot? freed = null;
            if (session.PractitionerId != user.Id)
            {
                (session.StoppedById, session.Notes) = (user.RequiredId, WithBegunReason(session));
            }

            (session.AbortedUtc, session.AbortReason) = (time.UtcNow, command.Reason.Trim());
            if (session.StartedUtc is null && await stock.TakeUnusedAsync(session, command.AmpoulesOpened, token) is { } tooFew)
            {
                return tooFew;
            }

            if (session.StartedUtc is not null)
            {
                session.EndedUtc ??= session.AssumedEndUtc;
            }
            else if (session.Appointment!.State == AppointmentState.CheckedIn)
            {
                await db.Entry(session.Appointment).Collection(a => a.Claims).LoadAsync(token);
                freed = session.Appointment.Spot;
                session.Appointment.Cancel(CancelCode.Other, CancelledWith, time.UtcNow);
            }

            await db.SaveChangesAsync(token);
            if (session.StartedUtc is not null)
            {
                await reassess.OfAsync(session.PatientId, SafetyTaskCause.TreatmentRecorded, session.AppointmentId, token);
            }
            else if (freed is not null)
            {
                await offers.OfferAsync(freed, session.PatientId, token);
            }

            return session.Version;
        }

        /// <summary>What the practitioner had begun to write stays theirs beside the reason of who stops in their place. Where the notes are full it gives way: no stop waits for that.</summary>
        private static string WithBegunReason(Session session)
        {
            var notes = session.AbortReason is { } begun ? $"{session.Notes}\nReason to stop, begun by the practitioner: {begun}".Trim() : session.Notes;
            return notes.Length <= Limits.Text ? notes : session.Notes;
        }
    }
}
