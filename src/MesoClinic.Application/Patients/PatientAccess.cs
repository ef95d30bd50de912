using System.Globalization;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
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
            return user.IsCosmetologist || user.IsManager ? new Failure.ReasonNeeded(patientId) : new Failure.NotFound();
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

    public async Task<bool> MayReadChartAsync(Guid patientId, CancellationToken token) => (await ReadableChartsAsync([patientId], token)).Count > 0;

    /// <summary>
    /// The patients of this clinician: assigned, treated, or with an appointment that took place or still stands. One that was cancelled, was missed, ran out or is only offered is no reason to read a chart.
    /// </summary>
    public IQueryable<Patient> Assigned()
    {
        var (me, isClinician, now) = (user.RequiredId, user.IsCosmetologist, clock.GetUtcNow().UtcDateTime);
        return db.Patients.Where(patient => isClinician
            && (db.PatientAssignments.Any(a => a.PatientId == patient.Id && a.StaffMemberId == me)
                || db.Sessions.Any(s => s.PatientId == patient.Id && s.PractitionerId == me)
                || db.Appointments.Any(a => a.PatientId == patient.Id && a.PractitionerId == me
                    && a.State != AppointmentState.Cancelled && a.State != AppointmentState.NoShow && a.State != AppointmentState.Offered
                    && !(a.State == AppointmentState.Booked && a.ProvisionalUntilUtc != null && a.ProvisionalUntilUtc <= now))));
    }

    /// <summary>
    /// Called before an appointment is saved. Whoever takes a patient into their own column who was not theirs opens that chart for themselves: it is listed to the manager, and shown to the
    /// patient, like a chart opened with a reason, and stays listed when the appointment is cancelled.
    /// </summary>
    public async Task NoteOwnBookingAsync(Appointment appointment, CancellationToken token)
    {
        if (appointment.PractitionerId != user.Id || await Assigned().AnyAsync(patient => patient.Id == appointment.PatientId, token))
        {
            return;
        }

        // The appointment opens the chart, for as long as it stands; the entry itself opens nothing.
        var now = clock.GetUtcNow().UtcDateTime;
        var opened = new ReasonedAccess
        {
            PatientId = appointment.PatientId,
            StaffMemberId = user.RequiredId,
            Reason = string.Create(CultureInfo.InvariantCulture, $"Took the patient into their own column for {appointment.WallStart:d MMMM yyyy}"),
            OpenedUtc = now,
            UntilUtc = now,
        };
        db.ReasonedAccesses.Add(opened);
        trail.Concerns(appointment.PatientId, reason: opened.Reason);
    }

    /// <summary>Which of these charts this person may read: those of their own patients, and those they opened with a reason within the last hours.</summary>
    public async Task<HashSet<Guid>> ReadableChartsAsync(IReadOnlyCollection<Guid> patientIds, CancellationToken token)
    {
        if (user.Id is not { } me || !(user.IsCosmetologist || user.IsManager))
        {
            return [];
        }

        var (assigned, now) = (Assigned(), clock.GetUtcNow().UtcDateTime);
        return
        [
            .. await db.Patients
                .Where(patient => patientIds.Contains(patient.Id)
                    && (assigned.Any(mine => mine.Id == patient.Id)
                        || db.ReasonedAccesses.Any(a => a.PatientId == patient.Id && a.StaffMemberId == me && a.UntilUtc > now)))
                .Select(patient => patient.Id).ToListAsync(token),
        ];
    }
}
