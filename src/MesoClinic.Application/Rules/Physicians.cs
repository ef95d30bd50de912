using MesoClinic.Data;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Who decides as a physician, against a finding or for the rule book: active members of staff qualified as physician or dermatologist, whose role permits it.</summary>
public sealed class Physicians(ClinicDbContext db, CurrentUser user)
{
    public IQueryable<StaffMember> WhoMay(Permission permission)
    {
        var roles = Permissions.RolesWith(permission);
        return db.Staff.AsNoTracking().Where(member => member.IsActive && OverrideRules.Physicians.Contains(member.Qualification)
            && db.UserRoles.Any(link => link.UserId == member.Id && db.Roles.Any(role => role.Id == link.RoleId && roles.Contains(role.Name!))));
    }

    /// <summary>The person who asks, as a physician; null when they are none.</summary>
    public Task<StaffMember?> MeAsync(Permission permission, CancellationToken token) => WhoMay(permission).SingleOrDefaultAsync(member => member.Id == user.Id, token);
}
