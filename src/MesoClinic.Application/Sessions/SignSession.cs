using MediatR;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Closes the record for ever: labels and end are kept, stock goes down, the content gets its hash. Only the practitioner signs; a record that they have left behind stopped for a day can be signed in their place, and says so.</summary>
public static class SignSession
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, SessionReview review, ClinicAssessor assessor, AppointmentOverrides overrides, ReassessFuture reassess, Stock stock, RuleBook book) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await review.LoadAsync(command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if (SessionStates.RefuseSignature(session, user, command.Version, time.UtcNow) is { } failure)
            {
                return failure;
            }

            if (session.StartedUtc is null)
            {
                return new Failure.Conflict("Nothing was injected yet: start the injections first, or stop the session.");
            }

            // How many points there were, nobody else knows.
            var isOwn = session.PractitionerId == user.Id;
            if (isOwn && SessionGaps.LacksPoints(session, book))
            {
                return new Failure.Invalid(nameof(SaveSessionDraft.Command.Points), "Say how many points were injected.");
            }

            if (session.EndedUtc is null)
            {
                return new Failure.Invalid(nameof(SaveSessionDraft.Command.EndedAt), "Write when the injections ended.");
            }

            if (!session.IsAborted && await JudgeNewLabelsAsync(session, token) is { } blocked)
            {
                return blocked;
            }

            await TakeFromStockAsync(session, token);

            // Written and not acted upon: the record says "stopped" only where it was.
            session.AbortReason = session.IsAborted ? session.AbortReason : null;
            session.KeepLabels();
            KeepMap(session);
            session.Appointment!.State = AppointmentState.Done;
            await db.SaveChangesAsync(token);
            await CompleteCourseAsync(session.Appointment.CourseId, token);

            // In a step of its own: once the signature stands, the database lets nothing of the record change.
            (session.SignedUtc, session.SignedById) = (time.UtcNow, isOwn ? null : user.RequiredId);
            session.ContentHash = SessionContent.HashOf(session, await SessionParts.OfAsync(db, session, token));
            await db.SaveChangesAsync(token);
            await reassess.OfAsync(session.PatientId, SafetyTaskCause.TreatmentRecorded, session.AppointmentId, token);
            return default(Done);
        }

        /// <summary>The outlines and names on which the points stand go into the record with them.</summary>
        private void KeepMap(Session session)
        {
            foreach (var area in session.Areas)
            {
                area.Sites = area.Sites.ConvertAll(site => site.Points.Count > 0 && BodyView.FindShape(site.View, area.Area, site.Side) is { } shape
                    ? site with { Drawn = DrawnArea.Of(shape, book.Areas.TryGetValue(area.Area, out var row) ? row.Title : area.Area) } : site);
            }
        }

        private async Task CompleteCourseAsync(Guid? courseId, CancellationToken token)
        {
            if (courseId is { } id)
            {
                var course = await db.Courses.SingleAsync(c => c.Id == id, token);
                course.SessionDone(await db.Appointments.CountAsync(a => a.CourseId == id && a.State == AppointmentState.Done && !db.Sessions.Any(s => s.AppointmentId == a.Id && s.AbortedUtc != null), token), time.UtcNow);
            }
        }

        /// <summary>The catalogue was corrected since the injections were judged: what is in the syringe is not what was asked about.</summary>
        private async Task<Failure?> JudgeNewLabelsAsync(Session session, CancellationToken token)
        {
            if (session.Mixed.TrueForAll(line => line.Ingredients.SequenceEqual(line.Lot!.Product!.Ingredients)))
            {
                return null;
            }

            var assessment = assessor.Assess(await review.RequestAsync(session, token), session.PatientId, session.AppointmentId, session.Id);
            var standing = await overrides.UseAsync(session.AppointmentId, assessment, token);
            session.Permit(assessment);
            return SessionReview.Gate(assessment.Result, standing.Rules, session.Acknowledged);
        }

        /// <summary>Opened with the record, so they are there: nothing else can have taken them.</summary>
        private async Task TakeFromStockAsync(Session session, CancellationToken token)
        {
            foreach (var lines in session.Cocktail.GroupBy(line => line.LotId).OrderBy(lines => lines.Key))
            {
                await stock.UseOpenedAsync(lines.Key, lines.Sum(line => line.Ampoules), session.Id, token);
            }

            // A tube serves many patients: only the last one takes it, and no signature fails on the count of tubes.
            if (session is { CreamTubeEmpty: true, CreamLotId: { } tube })
            {
                await stock.TakeAsync(tube, 1, StockReason.Session, session.Id, token);
            }
        }
    }
}
