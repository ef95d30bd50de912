using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Whose pages a patient's or guardian's sign-in opens.</summary>
public sealed class OwnPatient(ClinicDbContext db, CurrentUser user, PatientAccess access)
{
    /// <summary>The record that was asked for, or without one the person's own, or else the first child's. The read is authorised and written down.</summary>
    public async Task<(Guid Id, Failure? Refusal)> FindAsync(Guid? asked, string action, CancellationToken token)
    {
        var open = user.OwnPatients;
        var id = asked ?? await db.PatientAccounts
            .Where(link => link.UserId == user.RequiredId && open.Contains(link.PatientId))
            .OrderBy(link => link.Relation == PatientRelation.Self ? 0 : 1).ThenBy(link => link.PatientId)
            .Select(link => (Guid?)link.PatientId)
            .FirstOrDefaultAsync(token);
        return id is { } patient ? (patient, access.ToOwn(patient, action)) : (default, new Failure.NotFound());
    }

    /// <summary>Everybody whose pages this sign-in opens, for the choice between them; empty where there is only one.</summary>
    public async Task<IReadOnlyList<OwnPerson>> OthersAsync(Guid current, CancellationToken token) =>
        user.OwnPatients.Count < 2
            ? []
            : await db.Patients.AsNoTracking()
                .Where(patient => user.OwnPatients.Contains(patient.Id))
                .OrderBy(patient => patient.GivenName).ThenBy(patient => patient.Id)
                .Select(patient => new OwnPerson(patient.Id, patient.GivenName, patient.Id == current))
                .ToListAsync(token);
}

public sealed record OwnPerson(Guid Id, string GivenName, bool IsShown);
