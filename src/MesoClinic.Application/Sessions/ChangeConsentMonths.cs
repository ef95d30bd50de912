using FluentValidation;
using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>How long a consent counts. It holds for what is signed from now on: each signed text names its own last day.</summary>
public static class ChangeConsentMonths
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Version { get; set; }
        public int? Months { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public const int Most = 36;

        public Validator() => RuleFor(c => c.Months).NotNull().WithMessage("Say for how many months.").InclusiveBetween(1, Most).WithMessage($"Between 1 and {Most} months.");
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var clinic = await db.Clinics.SingleAsync(token);
            if (clinic.Version != command.Version)
            {
                return new Failure.Stale();
            }

            clinic.ConsentMonths = command.Months!.Value;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
