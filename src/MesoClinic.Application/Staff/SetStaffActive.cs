using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Closes or opens a staff member's account. Closing works at once, in every open page.</summary>
public static class SetStaffActive
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public bool IsActive { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, Accounts accounts, CurrentUser user, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Staff.SingleOrDefaultAsync(staff => staff.Id == command.Id, token) is not { } member)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, member.Id);
            if (!command.IsActive && member.Id == user.Id)
            {
                return new Failure.Conflict("You cannot close your own account; another manager can.");
            }

            var isManager = (await accounts.RolesOfAsync(member.Id, token)).Contains(ClinicRoles.Manager, StringComparer.Ordinal);
            if (!command.IsActive && isManager && !await accounts.IsAnotherManagerAsync(member.Id, token))
            {
                return new Failure.Conflict("The clinic keeps at least one manager. Make another one first.");
            }

            var account = await db.Users.SingleAsync(a => a.Id == member.Id, token);
            (member.IsActive, account.IsDisabled) = (command.IsActive, !command.IsActive);
            Accounts.EndSignIns(account);
            db.Invitations.RemoveRange(await db.Invitations.Where(link => link.UserId == member.Id && link.UsedUtc == null).ToListAsync(token));
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
