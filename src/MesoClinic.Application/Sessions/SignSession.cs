using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
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

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, SessionReview review, ClinicAssessor assessor, AppointmentOverrides overrides, ReassessFuture reassess, SessionStock stock, RuleBook book) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await review.HoldAsync(command.SessionId, token) is not { } session)
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

            if (session is { IsAborted: false, AbortReason: not null })
            {
                return new Failure.Conflict("Why the session stops is written, but it was not stopped. Stop it, or clear the reason, then sign.");
            }

            if (session.EndedUtc is null)
            {
                return new Failure.Invalid(nameof(SaveSessionDraft.Command.EndedAt), "Write when the injections ended.");
            }

            if (!session.IsAborted && await JudgeNewLabelsAsync(session, token) is { } blocked)
            {
                return blocked;
            }

            await stock.UseAsync(session, token);

            // Of a stopped record nothing is judged again: a line stays as it was judged.
            session.KeepLabels(line => !session.IsAborted || line.ProductName.Length == 0);
            KeepMap(session);
            session.Appointment!.State = AppointmentState.Done;
            await db.SaveChangesAsync(token);
            await CompleteCourseAsync(session.Appointment.CourseId, token);

            // In a step of its own: once the signature stands, the database lets nothing of the record change.
            (session.SignedUtc, session.SignedById) = (time.UtcNow, isOwn ? null : user.RequiredId);
            session.ContentHash = SessionContent.HashOf(session, await SessionParts.OfAsync(db, session, token));
            await db.SaveChangesAsync(token);
            trail.Sealed(session.ContentHash);
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
            if (!session.Mixed.Exists(line => line.IsRelabelled()))
            {
                return null;
            }

            var assessment = assessor.Assess(await review.RequestAsync(session, token), session.PatientId, session.AppointmentId, session.Id);
            var standing = await overrides.UseAsync(session.AppointmentId, assessment, token);
            session.Permit(assessment);
            if (SessionReview.Gate(assessment.Result, standing.Rules, session.Acknowledged) is { } blocked)
            {
                return blocked;
            }

            var unsigned = await UnsignedAsync(session, token);
            if (unsigned.Count > 0)
            {
                return new Failure.Invalid(unsigned);
            }

            await review.KeepConsentsAsync(session, token);
            await db.Entry(session).Reference(s => s.AnaestheticConsent).LoadAsync(token);
            return null;
        }

        /// <summary>What the corrected labels ask the patient to agree to, by the path of the consent.</summary>
        private async Task<Dictionary<string, string[]>> UnsignedAsync(Session session, CancellationToken token)
        {
            var unsigned = new Dictionary<string, string[]>(StringComparer.Ordinal);
            if (await review.UnconsentedAnaestheticsAsync(session, token) is { Count: > 0 } numbing)
            {
                unsigned[SessionReview.AnaestheticPath] = [$"By its corrected label the cocktail holds {string.Join(", ", numbing.Select(id => book.Ingredients[id].Title))}, and the consent to the anaesthetic is not signed. Have it signed, or stop the session and sign what was injected."];
            }

            if (await review.WhyNotConsentedAsync(session, token) is { } why)
            {
                unsigned[SessionReview.ConsentPath] = [$"The label of the cocktail was corrected. {why} Otherwise stop the session and sign what was injected."];
            }

            return unsigned;
        }
    }
}
