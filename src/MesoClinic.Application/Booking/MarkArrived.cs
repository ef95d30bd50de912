using MediatR;

namespace MesoClinic.Application.Booking;

/// <summary>The patient is here and waits.</summary>
public static class MarkArrived
{
    [Requires(Permission.CheckIn)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
    }

    internal sealed class Handler(AppointmentSteps steps, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var (from, until) = await time.DayAsync(await time.TodayAsync(token), token);
            return await steps.DoAsync(
                command.AppointmentId, nameof(MarkArrived), appointment => appointment.MayArrive && !appointment.HasExpired(time.UtcNow) && appointment.StartUtc >= from && appointment.StartUtc < until,
                "Only somebody who is booked for today can arrive. Move the appointment to today first.",
                appointment => appointment.Arrive(time.UtcNow), token);
        }
    }
}
