using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application;

/// <summary>Who is asking, in this one operation. Only the id comes from the cookie; roles are read again for every request, so that a demotion works at once.</summary>
public sealed class CurrentUser
{
    public Guid? Id { get; private set; }
    public IReadOnlyList<string> Roles { get; private set; } = [];

    /// <summary>Patients whose own pages this person may read: themselves, or those they are guardian of.</summary>
    public IReadOnlyList<Guid> OwnPatients { get; private set; } = [];
    public bool HoldsApiKey { get; private set; }
    public string Correlation { get; private set; } = Guid.NewGuid().ToString("N");
    private string? SecurityStamp { get; set; }

    public bool IsCosmetologist => Roles.Contains(ClinicRoles.Cosmetologist, StringComparer.Ordinal);
    public bool IsManager => Roles.Contains(ClinicRoles.Manager, StringComparer.Ordinal);

    /// <summary>The id, where the permission already says that there is one.</summary>
    public Guid RequiredId => Id ?? throw new InvalidOperationException("This request needs a signed-in person.");

    /// <summary>Called once per operation, by the sender.</summary>
    public void Is(Guid? id, string? securityStamp, string correlation) => (Id, SecurityStamp, Correlation) = (id, securityStamp, correlation);

    public void IsApiClient(string correlation) => (HoldsApiKey, Correlation) = (true, correlation);

    public bool May(Permission permission) =>
        permission == Permission.Anyone || (permission == Permission.UseApi ? HoldsApiKey : Id is not null && Permissions.Allows(Roles, permission));

    /// <summary>Reads roles as they are now; a disabled account, or one whose password or roles changed since the cookie was made, has none.</summary>
    public async Task RefreshAsync(ClinicDbContext db, CancellationToken token)
    {
        if (Id is not { } id)
        {
            return;
        }

        var account = await db.Users.AsNoTracking()
            .Where(user => user.Id == id && !user.IsDisabled)
            .Select(user => new
            {
                user.SecurityStamp,
                Roles = db.UserRoles.Where(link => link.UserId == user.Id).Join(db.Roles, link => link.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
                Patients = db.PatientAccounts.Where(link => link.UserId == user.Id).Select(link => link.PatientId).ToList(),
            })
            .SingleOrDefaultAsync(token);

        if (account is null || (SecurityStamp is not null && SecurityStamp != account.SecurityStamp))
        {
            (Id, Roles, OwnPatients) = (null, [], []);
            return;
        }

        (Roles, OwnPatients) = (account.Roles, account.Patients);
    }
}
