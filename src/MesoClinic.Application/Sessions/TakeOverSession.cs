using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Hands a record that somebody else opened to whoever will inject, until the injections begin, without what only that person can have confirmed. The reason goes to the audit trail.</summary>
public static class TakeOverSession
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why you take the session over: \"Booked with me\" is enough.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            await db.Sessions.Where(s => s.Id == command.SessionId).HoldAsync(token);
            if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if (session.StartedUtc is not null || session.IsAborted)
            {
                return new Failure.Conflict(session.IsAborted ? "This session was given up." : "The injections have begun: whoever gives them records and signs them.");
            }

            if (session.Version != command.Version)
            {
                return new Failure.Stale();
            }

            session.PractitionerId = user.RequiredId;
            (session.AsepsisDone, session.NewSealedAmpoules, session.Acknowledged, session.AbortReason) = ([], false, [], null);
            trail.Concerns(session.PatientId, session.Id, command.Reason.Trim());
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
