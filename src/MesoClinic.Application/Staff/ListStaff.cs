using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Everybody who works here, and the state of their sign-in.</summary>
public static class ListStaff
{
    [Requires(Permission.ManageStaff)]
    public sealed record Query : IQuery<IReadOnlyList<Member>>;

    /// <param name="HasPassword">False until the person has used the link.</param>
    /// <param name="LinkUntilUtc">Until when an unused link works.</param>
    /// <param name="PausedUntilUtc">Too many wrong tries.</param>
    public sealed record Member(
        Guid Id, string Name, string Email, IReadOnlyList<string> Roles, Qualification Qualification, bool TakesAppointments, bool IsActive, bool HasPassword,
        DateTime? LinkUntilUtc, DateTime? PausedUntilUtc, Guid Version);

    internal sealed class Handler(ClinicDbContext db, TimeProvider clock) : IRequestHandler<Query, Outcome<IReadOnlyList<Member>>>
    {
        public async Task<Outcome<IReadOnlyList<Member>>> Handle(Query query, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var roles = (await db.UserRoles.Join(db.Roles, link => link.RoleId, role => role.Id, (link, role) => new { link.UserId, role.Name }).ToListAsync(token)).ToLookup(row => row.UserId, row => row.Name!);
            var members = await db.Staff.AsNoTracking()
                .Join(db.Users, staff => staff.Id, user => user.Id, (staff, user) => new { staff, user.Email, HasPassword = user.PasswordHash != null, user.LockoutEnd })
                .OrderByDescending(row => row.staff.IsActive).ThenBy(row => row.staff.Name).ToListAsync(token);
            var links = await db.Invitations.AsNoTracking().Where(link => link.UsedUtc == null && link.ExpiresUtc > now.UtcDateTime).ToDictionaryAsync(link => link.UserId, link => link.ExpiresUtc, token);
            return members.ConvertAll(row => new Member(
                row.staff.Id, row.staff.Name, row.Email!, [.. roles[row.staff.Id].Order(StringComparer.Ordinal)], row.staff.Qualification, row.staff.TakesAppointments, row.staff.IsActive, row.HasPassword,
                links.TryGetValue(row.staff.Id, out var until) ? until : null, row.LockoutEnd > now ? row.LockoutEnd.Value.UtcDateTime : null, row.staff.Version));
        }
    }
}
