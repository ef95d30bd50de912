using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;

namespace MesoClinic.Application.Complications;

/// <summary>A clinician says what it is, how bad, and why it came about.</summary>
public static class JudgeComplication
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }

        /// <summary>The version that the form was filled in from.</summary>
        public Guid Version { get; set; }

        /// <summary>cx-…; empty: not known yet.</summary>
        public string? Diagnosis { get; set; }

        /// <summary>1 to 5; empty: not judged yet.</summary>
        public int? Grade { get; set; }

        /// <summary>Row of the causes; empty: not known yet.</summary>
        public string? Cause { get; set; }

        /// <summary>Nothing is left to do but the planned contacts.</summary>
        public bool OnlyWatch { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(RuleBook book)
        {
            RuleFor(command => command.Diagnosis)
                .Must(id => string.IsNullOrEmpty(id) || book.Knowledge.Complications.Any(row => row.Id == id)).WithMessage("Choose one of the list.");
            RuleFor(command => command.Cause)
                .Must(id => string.IsNullOrEmpty(id) || book.Knowledge.Causes.Any(row => row.Id == id)).WithMessage("Choose one of the list.");
            RuleFor(command => command.Grade).InclusiveBetween(1, 5).WithMessage("Choose a grade from 1 to 5.");
            RuleFor(command => command.Grade).NotNull().When(command => command.OnlyWatch).WithMessage("Give a grade before it is only watched.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.FindAsync(command.Id, nameof(JudgeComplication), token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            if (entry.Version != command.Version)
            {
                return new Failure.Stale();
            }

            if (entry.State == ComplicationState.Closed)
            {
                return new Failure.Conflict("This case is closed. Reopen it to change what was judged.");
            }

            entry.Diagnosis = string.IsNullOrEmpty(command.Diagnosis) ? null : command.Diagnosis;
            entry.Grade = command.Grade;
            entry.Cause = string.IsNullOrEmpty(command.Cause) ? null : command.Cause;
            entry.State = command.OnlyWatch ? ComplicationState.Watching : ComplicationState.Open;
            (entry.SeenByStaffUtc, entry.SeenById) = (entry.SeenByStaffUtc ?? time.UtcNow, entry.SeenById ?? user.RequiredId);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
