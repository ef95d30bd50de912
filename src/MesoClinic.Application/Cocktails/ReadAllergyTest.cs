using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Records how the skin answered a test dose. Read once: a second look is a new test.</summary>
public static class ReadAllergyTest
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid TestId { get; set; }
        public DateOnly? ReadOn { get; set; }

        /// <summary>No reaction.</summary>
        public bool? Negative { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ReadOn).NotNull().WithMessage("Write the day of the reading.");
            RuleFor(c => c.Negative).NotNull().WithMessage("Say whether the skin reacted.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.AllergyTests.SingleOrDefaultAsync(t => t.Id == command.TestId, token) is not { } test)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(test.PatientId, "Allergy test", token, test.Id) is { } refusal)
            {
                return refusal;
            }

            if (test.Negative is not null)
            {
                return new Failure.Conflict("This test was read already. Apply a new one if there is doubt.");
            }

            if (command.ReadOn < test.AppliedOn)
            {
                return new Failure.Invalid(nameof(Command.ReadOn), $"The test was applied on {test.AppliedOn:yyyy-MM-dd}; it cannot be read before.");
            }

            if (command.ReadOn > await time.TodayAsync(token))
            {
                return new Failure.Invalid(nameof(Command.ReadOn), "This day is still to come.");
            }

            if (command.Negative == true && command.ReadOn < test.ReadableFrom)
            {
                return new Failure.Invalid(nameof(Command.ReadOn), $"A late reaction can still show. Read no reaction from {test.ReadableFrom:yyyy-MM-dd} on; a reaction is recorded at once.");
            }

            (test.ReadOn, test.Negative) = (command.ReadOn, command.Negative);
            await db.SaveChangesAsync(token);
            await reassess.OfAsync(test.PatientId, SafetyTaskCause.TreatmentRecorded, null, token);
            return default(Done);
        }
    }
}
