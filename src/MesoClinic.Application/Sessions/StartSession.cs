using System.Globalization;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The last gate before the needle: stock, consent and the rule book, in one transaction. Its assessment is kept either way.</summary>
public static class StartSession
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, SessionReview review, SessionStock stock, ClinicAssessor assessor, AppointmentOverrides overrides) : IRequestHandler<Command, Outcome<Guid>>
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

            if (SessionStates.RefuseChange(session, user, command.Version) is { } failure)
            {
                return failure;
            }

            if (session.StartedUtc is not null)
            {
                return new Failure.Conflict("The injections have begun already.");
            }

            if (session.Appointment!.State != AppointmentState.CheckedIn)
            {
                return new Failure.Conflict("The appointment is not checked in any more. Look at it before you go on.");
            }

            if (await RefuseSecondAsync(session, token) is { } second)
            {
                return second;
            }

            var problems = await review.ProblemsAsync(session, token);
            var assessment = assessor.Assess(await review.RequestAsync(session, token), session.PatientId, session.AppointmentId, session.Id);
            if (problems.Count > 0)
            {
                return new Failure.Invalid(problems);
            }

            var standing = await overrides.JudgeAsync(session.Appointment, assessment, token);
            if (SessionReview.Gate(assessment.Result, standing.Rules, session.Acknowledged) is { } blocked)
            {
                return blocked;
            }

            if ((await stock.OpenAsync(session, DraftLines.Of(session), token) ?? await RefuseTubeAsync(session, token)) is { } taken)
            {
                return taken;
            }

            session.KeepLabels();
            await review.KeepConsentsAsync(session, token);
            session.Permit(assessment);
            session.Begin(time.UtcNow);
            session.Appointment.State = AppointmentState.InSession;
            await db.SaveChangesAsync(token);
            return session.Version;
        }

        /// <summary>After the ampoules: the tube's lot is held last, by everybody.</summary>
        private async Task<Failure?> RefuseTubeAsync(Session session, CancellationToken token)
        {
            if (await stock.HoldTubeAsync(session, token))
            {
                return null;
            }

            await db.Entry(session.CreamLot!).ReloadAsync(token);
            return new Failure.Invalid(nameof(SaveSessionDraft.Command.CreamLotId), SessionReview.WhyNotOnSkin(session.CreamLot!, await time.TodayAsync(token)) ?? $"Lot {session.CreamLot!.Number} was recalled this moment, and the recall taken back. Look at it again.");
        }

        private async Task<Failure?> RefuseSecondAsync(Session session, CancellationToken token)
        {
            // Two records of one patient that start at once wait for each other here: the second one sees the first.
            await db.Patients.Where(p => p.Id == session.PatientId).ExecuteUpdateAsync(p => p.SetProperty(x => x.RegisteredUtc, x => x.RegisteredUtc), token);
            if (await db.Sessions.Where(s => s.PatientId == session.PatientId && s.Id != session.Id && s.StartedUtc != null && s.SignedUtc == null && s.AbortedUtc == null).OrderBy(s => s.StartedUtc)
                    .Select(s => new { s.StartedUtc, s.Practitioner!.Name }).FirstOrDefaultAsync(token) is not { } other)
            {
                return null;
            }

            var begun = await time.ToWallAsync(other.StartedUtc!.Value, token);
            return new Failure.Conflict(string.Create(
                CultureInfo.InvariantCulture, $"Another session of this patient, begun on {begun:d MMMM} by {other.Name}, is neither signed nor stopped. Finish that record first; if {other.Name} is away, open it from the chart and stop it there."));
        }
    }
}
