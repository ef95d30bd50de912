using System.Security.Cryptography;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Makes and changes sign-ins inside the running command's transaction.</summary>
internal sealed class Accounts(ClinicDbContext db, UserManager<ClinicUser> users)
{
    public const string EmailTaken = "This email already has an account. Use another, or change that account.";

    /// <returns>The new account; null when the email is taken.</returns>
    public async Task<ClinicUser?> CreateAsync(string email, string name, IEnumerable<string> roles, CancellationToken token)
    {
        var address = email.Trim();
        var normalised = users.NormalizeEmail(address);
        if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalised || user.NormalizedUserName == normalised, token))
        {
            return null;
        }

        var account = new ClinicUser
        {
            Id = Guid.CreateVersion7(),
            DisplayName = name.Trim(),
            Email = address,
            NormalizedEmail = normalised,
            UserName = address,
            NormalizedUserName = normalised,
            SecurityStamp = NewStamp(),
            LockoutEnabled = true,
        };
        db.Users.Add(account);
        await SetRolesAsync(account, roles, token);
        return account;
    }

    /// <summary>Ends every sign-in of this account: its next request is refused.</summary>
    public static void EndSignIns(ClinicUser account) => account.SecurityStamp = NewStamp();

    public void SetPassword(ClinicUser account, string password)
    {
        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        EndSignIns(account);
    }

    /// <returns>Whether anything changed.</returns>
    public async Task<bool> SetRolesAsync(ClinicUser account, IEnumerable<string> roles, CancellationToken token)
    {
        var wanted = await db.Roles.Where(role => roles.Contains(role.Name)).Select(role => role.Id).ToListAsync(token);
        var held = await db.UserRoles.Where(link => link.UserId == account.Id).ToListAsync(token);
        var ending = held.Where(link => !wanted.Contains(link.RoleId)).ToList();
        var coming = wanted.Where(id => held.TrueForAll(link => link.RoleId != id)).ToList();
        db.UserRoles.RemoveRange(ending);
        db.UserRoles.AddRange(coming.Select(id => new IdentityUserRole<Guid> { UserId = account.Id, RoleId = id }));
        return ending.Count + coming.Count > 0;
    }

    public Task<List<string>> RolesOfAsync(Guid id, CancellationToken token) =>
        db.UserRoles.Where(link => link.UserId == id).Join(db.Roles, link => link.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(token);

    /// <summary>Whether a manager who can sign in would be left without this one.</summary>
    public Task<bool> IsAnotherManagerAsync(Guid besides, CancellationToken token) =>
        db.UserRoles.Join(db.Roles.Where(role => role.Name == ClinicRoles.Manager), link => link.RoleId, role => role.Id, (link, _) => link.UserId)
            .AnyAsync(id => id != besides && db.Users.Any(user => user.Id == id && !user.IsDisabled && user.PasswordHash != null), token);

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32);
}
