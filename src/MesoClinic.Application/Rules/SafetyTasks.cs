using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Turns a coming appointment that has become worse into a task: somebody calls the patient.</summary>
public sealed class SafetyTasks(ClinicDbContext db, ClinicTime time)
{
    /// <summary>Compares a fresh judgement with the one before it. One open task for each appointment; it closes by itself when the way is clear again.</summary>
    /// <returns>Whether the appointment turned worse.</returns>
    public async Task<bool> NoteAsync(Appointment appointment, Decision? before, SafetyTaskCause cause, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var open = db.SafetyTasks.Local.FirstOrDefault(task => task.AppointmentId == appointment.Id && task.HandledUtc is null)
            ?? await db.SafetyTasks.FirstOrDefaultAsync(task => task.AppointmentId == appointment.Id && task.HandledUtc == null, token);
        if (appointment is not { Decision: { } after, AssessmentId: { } assessment } || after <= Decision.AllowWithCaution)
        {
            open?.HandledUtc = time.UtcNow;
            return false;
        }

        var isWorse = after > before;
        if (open is not null)
        {
            (open.After, open.AssessmentId) = (after, assessment);
            (open.Cause, open.RaisedUtc) = isWorse ? (cause, time.UtcNow) : (open.Cause, open.RaisedUtc);
        }
        else if (isWorse)
        {
            db.SafetyTasks.Add(new SafetyTask
            {
                PatientId = appointment.PatientId,
                AppointmentId = appointment.Id,
                Cause = cause,
                Before = before!.Value,
                After = after,
                AssessmentId = assessment,
                RaisedUtc = time.UtcNow,
            });
        }

        return isWorse;
    }
}
