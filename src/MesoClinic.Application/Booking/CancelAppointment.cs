using FluentValidation;
using MediatR;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>Gives the time back, with the reason. Whoever waits for such a time is offered it.</summary>
public static class CancelAppointment
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }

        public CancelCode Code { get; set; } = CancelCode.Other;

        /// <summary>In words; needed where the code says nothing.</summary>
        public string? Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Code).Must(code => Enum.IsDefined(code) && code < CancelCode.RanOut).WithMessage("Choose one of the list.");
            RuleFor(command => command.Reason).Must((command, reason) => command.Code != CancelCode.Other || !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why it is cancelled.");
            RuleFor(command => command.Reason).MaximumLength(Limits.Line).WithMessage($"At most {Limits.Line} characters.");
        }
    }

    internal sealed class Handler(AppointmentSteps steps, ClinicTime time, Outbox outbox, WaitlistOffers offers) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            (Spot Spot, Guid Patient)? freed = null;
            var outcome = await steps.DoAsync(
                command.AppointmentId, nameof(CancelAppointment), appointment => appointment.MayCancel,
                "It can no longer be cancelled: it is over, already cancelled, or its session has begun.",
                async appointment =>
                {
                    freed = (appointment.Spot, appointment.PatientId);
                    appointment.Cancel(command.Code, string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(), time.UtcNow);
                    await outbox.CancelledAsync(appointment, token);
                },
                token, changesColumn: true);
            if (outcome.Succeeded && freed is { } free)
            {
                await offers.OfferAsync(free.Spot, free.Patient, token);
            }

            return outcome;
        }
    }
}
