using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

public static class ListApiKeys
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<IReadOnlyList<KeyRow>>;

    public sealed record KeyRow(Guid Id, string Name, DateTime CreatedUtc, string? CreatedBy, DateTime? RevokedUtc);

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Query, Outcome<IReadOnlyList<KeyRow>>>
    {
        public async Task<Outcome<IReadOnlyList<KeyRow>>> Handle(Query query, CancellationToken token) =>
            await db.ApiKeys.AsNoTracking().OrderByDescending(key => key.CreatedUtc)
                .Select(key => new KeyRow(key.Id, key.Name, key.CreatedUtc, db.Users.Where(user => user.Id == key.CreatedById).Select(user => user.DisplayName).FirstOrDefault(), key.RevokedUtc))
                .ToListAsync(token);
    }
}
