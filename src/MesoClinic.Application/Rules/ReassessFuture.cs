using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>After a change of a health profile, a session or a test: judges every treatment of that patient that is still to come, in the same transaction.</summary>
public sealed class ReassessFuture(ClinicDbContext db, ClinicAssessor assessor, AppointmentOverrides overrides, SafetyTasks tasks, ClinicTime time)
{
    /// <summary>The patient's changes must be saved already.</summary>
    public Task OfAsync(Guid patientId, CancellationToken token) => OfAsync(patientId, SafetyTaskCause.ProfileChanged, null, token);

    /// <param name="except">An appointment that was judged a moment ago.</param>
    public Task OfAsync(Guid patientId, SafetyTaskCause cause, Guid? except, CancellationToken token) =>
        JudgeAsync(db.Appointments.Where(a => a.PatientId == patientId && a.Id != except), cause, token);

    /// <summary>After a change of the clinic itself, such as its hemisphere.</summary>
    public Task OfEverybodyAsync(CancellationToken token) => JudgeAsync(db.Appointments, SafetyTaskCause.ClinicChanged, token);

    private async Task JudgeAsync(IQueryable<Appointment> appointments, SafetyTaskCause cause, CancellationToken token)
    {
        var now = time.UtcNow;
        var coming = await appointments
            .Where(Appointment.ComingTreatment(now))
            .ToListAsync(token);
        var open = await tasks.OpenOfAsync(coming, token);
        foreach (var (appointment, assessment) in await assessor.AssessComingAsync(coming, token))
        {
            var before = appointment.Decision;
            await overrides.JudgeAsync(appointment, assessment, token);
            tasks.Note(appointment, before, cause, open.GetValueOrDefault(appointment.Id));
        }

        await db.SaveChangesAsync(token);
    }
}
