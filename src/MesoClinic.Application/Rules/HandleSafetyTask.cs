using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Somebody has dealt with an appointment that turned worse, and says how.</summary>
public static class HandleSafetyTask
{
    [Requires(Permission.HandleSafetyTasks)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid TaskId { get; set; }
        public Guid Version { get; set; }
        public string Note { get; set => field = value ?? ""; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Note).Must(note => !string.IsNullOrWhiteSpace(note)).WithMessage("Say what was agreed with the patient.");
            RuleFor(command => command.Note).MaximumLength(Limits.Text).WithMessage($"At most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.SafetyTasks.SingleOrDefaultAsync(task => task.Id == command.TaskId, token) is not { } task)
            {
                return new Failure.NotFound();
            }

            if (await access.ToContactAsync(task.PatientId, nameof(HandleSafetyTask), token) is { } refused)
            {
                return refused;
            }

            if (task.HandledUtc is not null)
            {
                return new Failure.Conflict("This task is closed already.");
            }

            if (task.Version != command.Version)
            {
                return new Failure.Conflict("The appointment was judged again meanwhile. Look at the new finding first.");
            }

            (task.HandledUtc, task.HandledById, task.Note) = (time.UtcNow, user.RequiredId, command.Note.Trim());
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
