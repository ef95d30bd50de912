using MediatR;

namespace MesoClinic.Application.Booking;

/// <summary>A consultation, follow-up or allergy test is over. A session ends by being signed instead.</summary>
public static class CompleteAppointment
{
    [Requires(Permission.CheckIn)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
    }

    internal sealed class Handler(AppointmentSteps steps) : IRequestHandler<Command, Outcome<Done>>
    {
        public Task<Outcome<Done>> Handle(Command command, CancellationToken token) => steps.DoAsync(
            command.AppointmentId, nameof(CompleteAppointment), appointment => appointment.MayComplete,
            "Only somebody who has arrived can be done: a consultation or follow-up after arrival, an allergy test after check-in. A session is done when its record is signed.",
            appointment => appointment.Complete(), token);
    }
}
