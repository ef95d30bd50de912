using MediatR;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>The patient did not come, or came and nothing was begun.</summary>
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
            command.AppointmentId, nameof(MarkNoShow), appointment => appointment.WasMissed(time.UtcNow),
            "A no-show is a booked appointment whose start has passed, or one that nobody began after the arrival and whose time is over. Before that, cancel or move it.",
            appointment => appointment.MissedBy(time.UtcNow), token);
    }
}
