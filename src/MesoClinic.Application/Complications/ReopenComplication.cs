using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Complications;

namespace MesoClinic.Application.Complications;

/// <summary>A closed case comes back. What was written when it was closed stays until it is closed again; the reason stands in the audit trail.</summary>
public static class ReopenComplication
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public string Reason { get; set => field = value ?? ""; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).NotEmpty().WithMessage("Say why it is opened again.");
            RuleFor(command => command.Reason).MaximumLength(Limits.Line).WithMessage($"Write at most {Limits.Line} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.FindAsync(command.Id, nameof(ReopenComplication), token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            if (entry.State != ComplicationState.Closed)
            {
                return new Failure.Conflict("This case is open already.");
            }

            trail.Concerns(entry.PatientId, entry.Id, command.Reason.Trim());
            (entry.State, entry.ClosedUtc) = (ComplicationState.Open, null);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
