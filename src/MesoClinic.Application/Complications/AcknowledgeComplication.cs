using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>Somebody takes a report up: from now on it is theirs to call the patient.</summary>
public static class AcknowledgeComplication
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.FindAsync(command.Id, nameof(AcknowledgeComplication), token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            if (entry.SeenById is { } other && other != user.RequiredId)
            {
                var name = await db.Staff.Where(member => member.Id == other).Select(member => member.Name).SingleOrDefaultAsync(token);
                return new Failure.Conflict($"{name ?? "Somebody else"} has taken this up already.");
            }

            (entry.SeenByStaffUtc, entry.SeenById) = (entry.SeenByStaffUtc ?? time.UtcNow, user.RequiredId);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
