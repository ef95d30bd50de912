using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>When patients are reminded. Turning a reminder off holds for all that are still to be sent; other hours count for what is booked or moved from now on.</summary>
public static class ChangeReminders
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Version { get; set; }
        public bool SendsFirst { get; set; }
        public int? FirstHours { get; set; }
        public bool SendsLast { get; set; }
        public int? LastHours { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.FirstHours).Must(AreHours).WithMessage(Wanted);
            RuleFor(command => command.LastHours).Must(AreHours).WithMessage(Wanted);
            RuleFor(command => command.FirstHours).Must((command, first) => first > command.LastHours).When(command => AreHours(command.FirstHours) && AreHours(command.LastHours))
                .WithMessage("The first reminder comes before the last one: give it more hours.");
        }

        private static string Wanted => $"Between 1 and {Reminders.LongestHours} hours.";

        private static bool AreHours(int? hours) => hours is >= 1 and <= Reminders.LongestHours;
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

            clinic.Reminders = new Reminders { SendsFirst = command.SendsFirst, FirstHours = command.FirstHours!.Value, SendsLast = command.SendsLast, LastHours = command.LastHours!.Value };
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
