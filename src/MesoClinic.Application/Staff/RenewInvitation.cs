using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>A new one-time link for a person who lost theirs, forgot the password or is locked out. Managers for anybody, a clinician for a patient of theirs.</summary>
public static class RenewInvitation
{
    [Requires(Permission.RegisterPatients)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid UserId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, LinkAccess links, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            trail.Concerns(null, command.UserId);
            if (!await db.Users.AnyAsync(user => user.Id == command.UserId && !user.IsDisabled, token) || !await links.MayHandOverAsync(command.UserId, token))
            {
                return new Failure.NotFound();
            }

            var invitation = await secrets.InviteAsync(command.UserId, token);
            await db.SaveChangesAsync(token);
            return invitation;
        }
    }
}
