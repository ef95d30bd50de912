using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

public static class RevokeApiKey
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, AuditTrail trail, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == command.Id, token) is not { } key)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, key.Id);
            key.RevokedUtc ??= clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
