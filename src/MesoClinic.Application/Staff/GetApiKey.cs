using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>A key just made, for whoever made it; after a quarter of an hour nobody can see it again.</summary>
public static class GetApiKey
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query(Guid Id) : IQuery<NewKey>;

    public sealed record NewKey(string Name, string Secret);

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Outcome<NewKey>>
    {
        public async Task<Outcome<NewKey>> Handle(Query query, CancellationToken token)
        {
            var since = clock.GetUtcNow().UtcDateTime - OneTimeSecrets.Shown;
            var key = await db.ApiKeys.AsNoTracking()
                .SingleOrDefaultAsync(k => k.Id == query.Id && k.CreatedById == user.RequiredId && k.RevokedUtc == null && k.CreatedUtc > since, token);
            return key is null ? new Failure.NotFound() : new NewKey(key.Name, secrets.OfApiKey(key.Id));
        }
    }
}
