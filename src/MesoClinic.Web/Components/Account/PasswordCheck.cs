using MesoClinic.Application;
using MesoClinic.Application.Auditing;
using MesoClinic.Data.Accounts;
using MesoClinic.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web.Components.Account;

/// <summary>
/// Signs a person in with e-mail and password. An address without an account, a disabled account and one that has no password yet
/// are answered like a wrong password: in the same words, after the same work, with the same count of tries.
/// </summary>
internal sealed class PasswordCheck(
    UserManager<ClinicUser> users, SignInManager<ClinicUser> signIn, SignInSessions sessions, SignInTries tries, CurrentUser current, AuditTrail trail, AuditWriter writer,
    IOptions<IdentityOptions> options)
{
    private static readonly ClinicUser Nobody = new() { DisplayName = "" };
    private static string? nobodysHash;

    /// <returns>Null when signed in; otherwise how many tries are left, 0 = paused.</returns>
    public async Task<int?> SignInAsync(string email, string password, CancellationToken token)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null or { IsDisabled: true } or { PasswordHash: null })
        {
            return await RefuseAsync(user, RefuseStranger(email, password), token);
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            return await RefuseAsync(user, result.IsLockedOut ? 0 : options.Value.Lockout.MaxFailedAccessAttempts - user.AccessFailedCount, token);
        }

        await signIn.SignInWithClaimsAsync(user, isPersistent: false, sessions.Begin());
        await WriteAsync(user.Id, "Done", token);
        return null;
    }

    private int RefuseStranger(string email, string password)
    {
        var left = tries.Fail(email);
        if (left > 0)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, "nobody"), password);
        }

        return left;
    }

    private async Task<int?> RefuseAsync(ClinicUser? user, int left, CancellationToken token)
    {
        await WriteAsync(user?.Id, left == 0 ? "Paused" : "Forbidden", token);
        return left;
    }

    private async Task WriteAsync(Guid? id, string outcome, CancellationToken token)
    {
        current.Is(id, null, current.Correlation);
        trail.Record("SignIn", outcome);
        await writer.WriteAsync(token);
    }
}
