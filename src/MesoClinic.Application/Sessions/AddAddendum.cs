using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Corrects or completes a signed session without touching it.</summary>
public static class AddAddendum
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public string Reason { get; set; } = "";
        public string Text { get; set; } = "";

        /// <summary>The lot that was used if the record names another, or none: its recall concerns the patient from now on, and the rules know its ingredients. It may be one that must not be used any more.</summary>
        public Guid? LotId { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why something is added.")
                .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
            RuleFor(c => c.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("Write what is to be added.")
                .MaximumLength(Limits.Text).WithMessage($"Keep the text within {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if (!session.IsSigned)
            {
                return new Failure.Conflict("The session is not signed yet: change the record itself.");
            }

            if (command.LotId is not null && !await db.Lots.AnyAsync(l => l.Id == command.LotId, token))
            {
                return new Failure.Invalid(nameof(Command.LotId), "This lot is not in the clinic's stock. Have the delivery entered first.");
            }

            var addendum = new Addendum { SessionId = session.Id, ById = user.RequiredId, AtUtc = time.UtcNow, Reason = command.Reason.Trim(), Text = command.Text.Trim(), LotId = command.LotId };
            addendum.ContentHash = AddendumContent.HashOf(addendum, session.ContentHash);
            db.Add(addendum);
            await db.SaveChangesAsync(token);
            trail.Sealed(addendum.ContentHash);
            if (addendum.LotId is not null)
            {
                await reassess.OfAsync(session.PatientId, SafetyTaskCause.TreatmentRecorded, session.AppointmentId, token);
            }

            return default(Done);
        }
    }
}
