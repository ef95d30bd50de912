using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application;

/// <summary>Who is asking, in this one operation. Only the id comes from the cookie; roles are read again for every request, so that a demotion works at once.</summary>
public sealed class CurrentUser(ClinicTime time)
{
    /// <summary>Compiled once: it goes before every request.</summary>
    private static readonly PerModel<Func<ClinicDbContext, Guid, CancellationToken, Task<Account?>>> ReadAccount = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid id, CancellationToken _) =>
        db.Users.AsNoTracking()
            .Where(user => user.Id == id && !user.IsDisabled)
            .Select(user => new Account(
                user.SecurityStamp,
                db.UserRoles.Where(link => link.UserId == user.Id).Join(db.Roles, link => link.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
                db.PatientAccounts
                    .Where(link => link.UserId == user.Id)
                    .Select(link => new Own(link.PatientId, link.Relation == PatientRelation.Guardian ? db.Patients.Where(patient => patient.Id == link.PatientId).Select(patient => (DateOnly?)patient.BirthDate).FirstOrDefault() : null)).ToList()))
            .AsSingleQuery().SingleOrDefault()));

    public Guid? Id { get; private set; }
    public IReadOnlyList<string> Roles { get; private set; } = [];

    /// <summary>Patients whose own pages this person may read: themselves, and those whom they act for; as a guardian only until the patient is of age.</summary>
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

        var account = await ReadAccount.For(db)(db, id, token);
        if (account is null || (SecurityStamp is not null && SecurityStamp != account.SecurityStamp))
        {
            (Id, Roles, OwnPatients) = (null, [], []);
            return;
        }

        (Roles, OwnPatients) = (account.Roles, await OfTodayAsync(account.Patients, token));
    }

    /// <summary>A guardian's until the eighteenth birthday, which begins at midnight at the clinic.</summary>
    private async Task<List<Guid>> OfTodayAsync(List<Own> patients, CancellationToken token)
    {
        // Only guardians wait for the clinic's time zone to be read.
        var latestAdult = patients.Exists(own => own.MinorsBirth is not null) ? Ages.LatestBirthOfAdults(await time.TodayAsync(token)) : default;
        return [.. patients.Where(own => own.MinorsBirth is null || own.MinorsBirth > latestAdult).Select(own => own.Patient)];
    }

    private sealed record Account(string? SecurityStamp, List<string> Roles, List<Own> Patients);

    /// <param name="MinorsBirth">For a guardian; null = it is theirs whatever the age.</param>
    private sealed record Own(Guid Patient, DateOnly? MinorsBirth);
}
