using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Who may sign in to read this patient's own pages.</summary>
public static class ListPatientAccounts
{
    [Requires(Permission.FindPatients)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<AccountRow>>;

    /// <param name="HasPassword">False until the link has been used.</param>
    public sealed record AccountRow(Guid UserId, string Name, string Email, PatientRelation Relation, bool HasPassword, bool IsDisabled);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access) : IRequestHandler<Query, Outcome<IReadOnlyList<AccountRow>>>
    {
        public async Task<Outcome<IReadOnlyList<AccountRow>>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToContactAsync(query.PatientId, nameof(ListPatientAccounts), token) is { } refusal)
            {
                return refusal;
            }

            return await db.PatientAccounts.AsNoTracking().Where(link => link.PatientId == query.PatientId)
                .Join(db.Users, link => link.UserId, user => user.Id, (link, user) => new AccountRow(user.Id, user.DisplayName, user.Email!, link.Relation, user.PasswordHash != null, user.IsDisabled))
                .ToListAsync(token);
        }
    }
}
