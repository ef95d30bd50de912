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
    public async Task<bool> MayReadChartAsync(Guid patientId, CancellationToken token)
    {
        if (user.Id is not { } me)
        {
            return false;
        }

        if (user.IsCosmetologist && (await db.Appointments.AnyAsync(a => a.PatientId == patientId && a.PractitionerId == me, token)
            || await db.PatientAssignments.AnyAsync(a => a.PatientId == patientId && a.StaffMemberId == me, token)))
        {
            return true;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return (user.IsCosmetologist || user.IsManager)
            && await db.ReasonedAccesses.AnyAsync(a => a.PatientId == patientId && a.StaffMemberId == me && a.UntilUtc > now, token);
    }

    /// <summary>The same for many at once: those of them whose charts this person may read.</summary>
    public async Task<HashSet<Guid>> ReadableChartsAsync(IReadOnlyCollection<Guid> patients, CancellationToken token)
    {
        var (me, now) = (user.RequiredId, clock.GetUtcNow().UtcDateTime);
        var open = await db.ReasonedAccesses.Where(a => patients.Contains(a.PatientId) && a.StaffMemberId == me && a.UntilUtc > now).Select(a => a.PatientId).ToListAsync(token);
        if (user.IsCosmetologist)
        {
            open.AddRange(await db.PatientAssignments.Where(a => patients.Contains(a.PatientId) && a.StaffMemberId == me).Select(a => a.PatientId).ToListAsync(token));
            open.AddRange(await db.Appointments.Where(a => patients.Contains(a.PatientId) && a.PractitionerId == me).Select(a => a.PatientId).Distinct().ToListAsync(token));
        }

        return [.. open];
    }
}
