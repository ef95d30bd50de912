using MediatR;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>The patient did not come.</summary>
public static class MarkNoShow
{
    [Requires(Permission.CheckIn)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
    }

    internal sealed class Handler(AppointmentSteps steps, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public Task<Outcome<Done>> Handle(Command command, CancellationToken token) => steps.DoAsync(
            command.AppointmentId, nameof(MarkNoShow), appointment => appointment.State == AppointmentState.Booked && appointment.StartUtc <= time.UtcNow,
            "A no-show is a booked appointment whose start has passed. Before that, cancel or move it.",
            appointment => appointment.MissedBy(time.UtcNow), token);
    }
}
