using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>The link of an invitation just made, to be handed to its person. It is shown for a quarter of an hour.</summary>
public static class GetInvitationLink
{
    [Requires(Permission.RegisterPatients)]
    public sealed record Query(Guid InvitationId) : IQuery<Link>;

    public sealed record Link(string Secret, string Name, string Email, DateTime ExpiresUtc);

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, LinkAccess links, TimeProvider clock) : IRequestHandler<Query, Outcome<Link>>
    {
        public async Task<Outcome<Link>> Handle(Query query, CancellationToken token)
        {
            var since = clock.GetUtcNow().UtcDateTime - OneTimeSecrets.Shown;
            var found = await db.Invitations.AsNoTracking().Where(link => link.Id == query.InvitationId && link.UsedUtc == null && link.CreatedUtc > since)
                .Join(db.Users, link => link.UserId, user => user.Id, (link, user) => new { link.Id, link.ExpiresUtc, UserId = user.Id, user.DisplayName, user.Email }).SingleOrDefaultAsync(token);
            return found is null || !await links.MayHandOverAsync(found.UserId, token)
                ? new Failure.NotFound()
                : new Link(secrets.OfInvitation(found.Id), found.DisplayName, found.Email!, found.ExpiresUtc);
        }
    }
}
