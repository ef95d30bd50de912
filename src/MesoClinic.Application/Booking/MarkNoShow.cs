using FluentValidation;
using MediatR;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>The patient did not come, or came and nothing was begun. What is left of the time is offered to who waits.</summary>
public static class MarkNoShow
{
    [Requires(Permission.CheckIn)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
        public NoShowCode Code { get; set; } = NoShowCode.NoWord;
        public string? Reason { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Code).IsInEnum().WithMessage("Choose one of the list.");
            RuleFor(command => command.Reason).Must((command, reason) => command.Code != NoShowCode.Other || !string.IsNullOrWhiteSpace(reason)).WithMessage("Say what is known.")
                .MaximumLength(Limits.Line).WithMessage($"At most {Limits.Line} characters.");
        }
    }

    internal sealed class Handler(AppointmentSteps steps, ClinicTime time, WaitlistOffers offers) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            (Spot Spot, Guid Patient)? freed = null;
            var outcome = await steps.DoAsync(
                command.AppointmentId, nameof(MarkNoShow), appointment => appointment.WasMissed(time.UtcNow),
                "A no-show is a booked appointment whose start has passed, or one that nobody began after the arrival and whose time is over. Before that, cancel or move it.",
                appointment =>
                {
                    freed = (appointment.Spot, appointment.PatientId);
                    appointment.MissedBy(time.UtcNow, command.Code, string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim());
                },
                token);
            if (outcome.Succeeded && freed is { } free)
            {
                await offers.OfferAsync(free.Spot, free.Patient, token);
            }

            return outcome;
        }
    }
}
