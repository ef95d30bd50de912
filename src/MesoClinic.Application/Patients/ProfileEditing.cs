using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>
/// How every change of a health profile begins and ends: access to this patient and an unchanged version first; afterwards a new version, and a fresh
/// assessment of all treatments to come.
/// </summary>
public sealed class ProfileEditing(ClinicDbContext db, PatientAccess access, ProfileHistory history, ReassessFuture reassess)
{
    public async Task<Outcome<Patient>> OpenAsync(Guid patientId, Guid version, string action, CancellationToken token) =>
        await access.ToChartAsync(patientId, action, token) is { } refusal ? refusal : await LoadAsync(patientId, version, token);

    /// <summary>For the patient, or a guardian, who answers the questionnaire.</summary>
    public async Task<Outcome<Patient>> OpenOwnAsync(Guid patientId, Guid version, string action, CancellationToken token) =>
        access.ToOwn(patientId, action) is { } refusal ? refusal : await LoadAsync(patientId, version, token);

    /// <returns>The new version.</returns>
    public async Task<Guid> SaveAsync(Patient patient, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(patient);

        // A changed list is a changed patient: the version must move even when no column of the patient does.
        db.Entry(patient).Property(p => p.Version).IsModified = true;
        history.Note(patient);
        await db.SaveChangesAsync(token);
        await reassess.OfAsync(patient.Id, token);
        return patient.Version;
    }

    private async Task<Outcome<Patient>> LoadAsync(Guid patientId, Guid version, CancellationToken token)
    {
        var patient = await db.Patients.WithProfile().SingleAsync(p => p.Id == patientId, token);
        return patient.Version == version ? patient : new Failure.Stale();
    }
}

/// <summary>Collects what is wrong with the rows of a list, each beside its field.</summary>
internal sealed class RowErrors
{
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    public Failure? Failure => errors.Count == 0 ? null : new Failure.Invalid(errors);

    public void Add(bool isWrong, string path, string message)
    {
        if (isWrong)
        {
            errors.TryAdd(path, [message]);
        }
    }
}
