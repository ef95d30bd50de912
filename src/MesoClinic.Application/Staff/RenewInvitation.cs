using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
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

/// <summary>Who may hand a person the link to their account.</summary>
internal sealed class LinkAccess(ClinicDbContext db, CurrentUser user, Accounts accounts, PatientAccess patients)
{
    /// <summary>A clinician only for accounts that are nothing but a patient's or guardian's, of patients whose charts they may read.</summary>
    public async Task<bool> MayHandOverAsync(Guid account, CancellationToken token)
    {
        if (user.IsManager)
        {
            return true;
        }

        var roles = await accounts.RolesOfAsync(account, token);
        var records = await db.PatientAccounts.Where(link => link.UserId == account).Select(link => link.PatientId).ToListAsync(token);
        if (roles.Count == 0 || roles.Exists(role => role != ClinicRoles.Patient) || records.Count == 0)
        {
            return false;
        }

        foreach (var patient in records)
        {
            if (!await patients.MayReadChartAsync(patient, token))
            {
                return false;
            }
        }

        return true;
    }
}
