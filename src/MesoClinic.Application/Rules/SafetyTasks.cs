using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Turns a coming appointment that has become worse into a task: somebody calls the patient.</summary>
public sealed class SafetyTasks(ClinicDbContext db, ClinicTime time)
{
    /// <summary>The open tasks of these appointments.</summary>
    public async Task<Dictionary<Guid, SafetyTask>> OpenOfAsync(IReadOnlyList<Appointment> appointments, CancellationToken token)
    {
        List<Guid> ids = [.. appointments.Select(appointment => appointment.Id)];
        return await db.SafetyTasks.Where(task => ids.Contains(task.AppointmentId) && task.HandledUtc == null).ToDictionaryAsync(task => task.AppointmentId, token);
    }

    /// <summary>Compares a fresh judgement with the one before it. One open task for each appointment; it closes by itself when the way is clear again.</summary>
    /// <param name="open">The appointment's open task, if it has one.</param>
    /// <returns>Whether the appointment turned worse.</returns>
    public bool Note(Appointment appointment, Decision? before, SafetyTaskCause cause, SafetyTask? open)
    {
        ArgumentNullException.ThrowIfNull(appointment);
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
