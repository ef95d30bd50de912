using FluentValidation;
using MediatR;
using MesoClinic.Domain;

namespace MesoClinic.Application.Booking;

/// <summary>Gives the time back, with the reason.</summary>
public static class CancelAppointment
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why it is cancelled.");
            RuleFor(command => command.Reason).MaximumLength(Limits.Line).WithMessage($"At most {Limits.Line} characters.");
        }
    }

    internal sealed class Handler(AppointmentSteps steps) : IRequestHandler<Command, Outcome<Done>>
    {
        public Task<Outcome<Done>> Handle(Command command, CancellationToken token) => steps.DoAsync(
            command.AppointmentId, nameof(CancelAppointment), appointment => appointment.MayCancel,
            "It can no longer be cancelled: it is over, already cancelled, or its session has begun.",
            appointment => appointment.Cancel(command.Reason.Trim()), token);
    }
}
