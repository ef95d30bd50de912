using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Opens the clinic again on a day that was closed.</summary>
public static class RemoveHoliday
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token) =>
            await db.Holidays.Where(holiday => holiday.Id == command.Id).ExecuteDeleteAsync(token) == 1 ? default(Done) : new Failure.NotFound();
    }
}
