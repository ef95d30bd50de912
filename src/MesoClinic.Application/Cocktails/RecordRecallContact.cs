using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Writes down that a patient was told of a recall, or could not be reached, or that the row before this one was a slip.</summary>
public static class RecordRecallContact
{
    [Requires(Permission.HandleRecalls)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid LotId { get; set; }
        public Guid PatientId { get; set; }
        public RecallOutcome? Outcome { get; set; }

        /// <summary>Not asked for when a slip is taken back.</summary>
        public ContactWay? Way { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Outcome).Must(outcome => outcome is { } given && Enum.IsDefined(given)).WithMessage("Say what came of it.");
            RuleFor(c => c.Way).Must(way => way is { } given && Enum.IsDefined(given)).When(c => c.Outcome != RecallOutcome.EnteredByMistake).WithMessage("Say how it was tried.");
            RuleFor(c => c.Outcome).Must((c, outcome) => !(outcome == RecallOutcome.NotReached && c.Way == ContactWay.InPerson)).WithMessage("Whoever was met in person was reached.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, RecallReach reach, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToContactAsync(command.PatientId, nameof(RecordRecallContact), token) is { } refusal)
            {
                return refusal;
            }

            if (!await reach.ReachedAsync(command.LotId, command.PatientId, token))
            {
                return new Failure.NotFound();
            }

            if (await db.LotRecalls.AsNoTracking().SingleOrDefaultAsync(r => r.LotId == command.LotId && r.LiftedUtc == null, token) is not { } recall)
            {
                return new Failure.Conflict("This lot is not recalled any more. Look at the list again.");
            }

            var last = RecallReach.Newest(await db.RecallContacts.AsNoTracking().Where(c => c.RecallId == recall.Id && c.PatientId == command.PatientId).ToListAsync(token)).GetValueOrDefault(command.PatientId);
            if (WhyNot(last, command.Outcome!.Value) is { } problem)
            {
                return new Failure.Conflict(problem);
            }

            db.RecallContacts.Add(new RecallContact
            {
                RecallId = recall.Id, PatientId = command.PatientId, Outcome = command.Outcome.Value, Way = command.Way ?? last!.Way, AtUtc = time.UtcNow, ById = user.RequiredId,
            });
            await db.SaveChangesAsync(token);
            return default(Done);
        }

        private static string? WhyNot(RecallContact? last, RecallOutcome outcome) => (last?.Outcome, outcome) switch
        {
            (null or RecallOutcome.EnteredByMistake, RecallOutcome.EnteredByMistake) => "Nothing is written down for this patient that could be taken back.",
            (RecallOutcome.Acknowledged, not RecallOutcome.EnteredByMistake) => "This patient has acknowledged the recall already. Take that back first if it was entered by mistake.",
            _ => null,
        };
    }
}
