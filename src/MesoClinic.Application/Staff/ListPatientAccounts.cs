using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Who may sign in to read this patient's own pages.</summary>
public static class ListPatientAccounts
{
    [Requires(Permission.FindPatients)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<AccountRow>>;

    /// <param name="HasPassword">False until the link has been used.</param>
    /// <param name="Rests">A guardian's, since the patient came of age: it opens nothing until a manager renews it.</param>
    public sealed record AccountRow(Guid UserId, string Name, string Email, PatientRelation Relation, bool HasPassword, bool IsDisabled, bool Rests)
    {
        public string Who => Relation switch
        {
            PatientRelation.Guardian => $"{Name}, guardian",
            PatientRelation.Representative => $"{Name}, acts for the patient",
            _ => Name,
        };

        public string Status => IsDisabled ? "closed" : Rests ? "rests since the patient came of age" : HasPassword ? "can sign in" : "link not used yet";
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<IReadOnlyList<AccountRow>>>
    {
        public async Task<Outcome<IReadOnlyList<AccountRow>>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToContactAsync(query.PatientId, nameof(ListPatientAccounts), token) is { } refusal)
            {
                return refusal;
            }

            var latestAdult = Ages.LatestBirthOfAdults(await time.TodayAsync(token));
            var isOfAge = await db.Patients.AnyAsync(patient => patient.Id == query.PatientId && patient.BirthDate <= latestAdult, token);
            return await db.PatientAccounts.AsNoTracking().Where(link => link.PatientId == query.PatientId)
                .Join(db.Users, link => link.UserId, user => user.Id, (link, user) => new AccountRow(
                    user.Id, user.DisplayName, user.Email!, link.Relation, user.PasswordHash != null, user.IsDisabled, isOfAge && link.Relation == PatientRelation.Guardian))
                .ToListAsync(token);
        }
    }
}
