using MediatR;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>What the page behind a one-time link may say: whose password it sets, and how long that must be.</summary>
public static class CheckInvitation
{
    [Requires(Permission.Anyone)]
    public sealed record Query(string? Secret) : IQuery<Invited>;

    /// <param name="IsNew">The account has no password yet.</param>
    public sealed record Invited(string Email, int PasswordLength, bool IsNew);

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, Accounts accounts) : IRequestHandler<Query, Outcome<Invited>>
    {
        public async Task<Outcome<Invited>> Handle(Query query, CancellationToken token)
        {
            if (await secrets.FindAsync(query.Secret, token) is not { } invitation
                || await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == invitation.UserId && !user.IsDisabled, token) is not { } account)
            {
                return new Failure.NotFound();
            }

            var roles = await accounts.RolesOfAsync(account.Id, token);
            return new Invited(account.Email!, PasswordRules.LengthFor(roles.Exists(role => role != ClinicRoles.Patient)), account.PasswordHash is null);
        }
    }
}
