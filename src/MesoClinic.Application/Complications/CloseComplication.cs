using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Complications;

namespace MesoClinic.Application.Complications;

/// <summary>A case ends: with a grade, a cause and an outcome, or not at all.</summary>
public static class CloseComplication
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public Guid Version { get; set; }
        public string Outcome { get; set => field = value ?? ""; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Outcome).NotEmpty().WithMessage("Write how it ended.");
            RuleFor(command => command.Outcome).MaximumLength(Limits.Text).WithMessage($"Write at most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.FindAsync(command.Id, nameof(CloseComplication), token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            if (entry.State == ComplicationState.Closed)
            {
                return new Failure.Conflict("This case is closed already.");
            }

            if (entry.Version != command.Version)
            {
                return new Failure.Stale();
            }

            if (entry.Grade is null || entry.Cause is null)
            {
                return new Failure.Invalid("", "Save a grade and a cause first: without them the case says nothing to the clinic's figures.");
            }

            (entry.State, entry.Outcome, entry.ClosedUtc) = (ComplicationState.Closed, command.Outcome.Trim(), time.UtcNow);
            (entry.SeenByStaffUtc, entry.SeenById) = (entry.SeenByStaffUtc ?? time.UtcNow, entry.SeenById ?? user.RequiredId);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
