using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Complications;

namespace MesoClinic.Application.Complications;

/// <summary>A contact took place: what was seen or said.</summary>
public static class CompleteFollowUp
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public Guid FollowUpId { get; set; }
        public string Note { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Note).NotEmpty().WithMessage("Write what was seen or said.");
            RuleFor(command => command.Note).MaximumLength(Limits.Text).WithMessage($"Write at most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.FindAsync(command.Id, nameof(CompleteFollowUp), token) is not { } entry || entry.FollowUps.Find(contact => contact.Id == command.FollowUpId) is not { } followUp)
            {
                return new Failure.NotFound();
            }

            if (followUp.DoneUtc is not null)
            {
                return new Failure.Conflict("This contact is written down already.");
            }

            if (entry.State == ComplicationState.Closed)
            {
                return new Failure.Conflict("This case is closed. Reopen it to add a contact.");
            }

            (followUp.DoneUtc, followUp.DoneById, followUp.Note) = (time.UtcNow, user.RequiredId, command.Note.Trim());
            (entry.SeenByStaffUtc, entry.SeenById) = (entry.SeenByStaffUtc ?? time.UtcNow, entry.SeenById ?? user.RequiredId);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
