using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Decides who may read which patient, and writes each read down. Every handler that touches a patient asks here first.</summary>
public sealed class PatientAccess(ClinicDbContext db, CurrentUser user, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The full chart: for the clinicians of this patient, and for staff who gave a reason within the last hours.</summary>
    /// <returns>Null when it may be read; otherwise the refusal.</returns>
    public async Task<Failure?> ToChartAsync(Guid patientId, string action, CancellationToken token, Guid? recordId = null)
    {
        if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, token))
        {
            return new Failure.NotFound();
        }

        trail.Concerns(patientId, recordId);
        if (!await MayReadChartAsync(patientId, token))
        {
            trail.Record(action, nameof(Failure.ReasonNeeded));
            return user.IsCosmetologist || user.IsManager ? new Failure.ReasonNeeded() : new Failure.NotFound();
        }

        trail.Read(action, patientId, recordId);
        return null;
    }

    /// <summary>Name, phone and appointments: for all staff.</summary>
    public async Task<Failure?> ToContactAsync(Guid patientId, string action, CancellationToken token)
    {
        if (!(user.IsCosmetologist || user.IsManager) || !await db.Patients.AnyAsync(patient => patient.Id == patientId, token))
        {
            return new Failure.NotFound();
        }

        trail.Concerns(patientId);
        trail.Read(action, patientId);
        return null;
    }

    /// <summary>The patient's own pages: for the patient and for guardians.</summary>
    public Failure? ToOwn(Guid patientId, string action)
    {
        if (!user.OwnPatients.Contains(patientId))
        {
            return new Failure.NotFound();
        }

        trail.Concerns(patientId);
        trail.Read(action, patientId);
        return null;
    }

    /// <summary>Assigned = a past or future appointment with the clinician, or an explicit assignment.</summary>
    public async Task<bool> MayReadChartAsync(Guid patientId, CancellationToken token) => (await ReadableChartsAsync([patientId], token)).Count > 0;

    /// <summary>Which of these charts this person may read: those of their own patients, and those they opened with a reason within the last hours.</summary>
    public async Task<HashSet<Guid>> ReadableChartsAsync(IReadOnlyCollection<Guid> patientIds, CancellationToken token)
    {
        if (user.Id is not { } me || !(user.IsCosmetologist || user.IsManager))
        {
            return [];
        }

        var (isClinician, now) = (user.IsCosmetologist, clock.GetUtcNow().UtcDateTime);
        return
        [
            .. await db.Patients
                .Where(patient => patientIds.Contains(patient.Id)
                    && ((isClinician && (db.Appointments.Any(a => a.PatientId == patient.Id && a.PractitionerId == me) || db.PatientAssignments.Any(a => a.PatientId == patient.Id && a.StaffMemberId == me)))
                        || db.ReasonedAccesses.Any(a => a.PatientId == patient.Id && a.StaffMemberId == me && a.UntilUtc > now)))
                .Select(patient => patient.Id).ToListAsync(token),
        ];
    }
}
