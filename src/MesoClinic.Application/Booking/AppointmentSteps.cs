using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Loads an appointment for a step of its day, checks access, and refuses a step that its state does not permit.</summary>
internal sealed class AppointmentSteps(ClinicDbContext db, PatientAccess access, Columns columns, AuditTrail trail)
{
    public Task<Outcome<Done>> DoAsync(Guid appointmentId, string action, Func<Appointment, bool> may, string otherwise, Action<Appointment> step, CancellationToken token) => DoAsync(
        appointmentId, action, may, otherwise,
        appointment =>
        {
            step(appointment);
            return Task.CompletedTask;
        },
        token);

    /// <param name="action">Name of the request, for the audit trail.</param>
    /// <param name="may">Whether the state permits the step.</param>
    /// <param name="otherwise">Why not, and what is possible.</param>
    /// <param name="changesColumn">The step changes what a column holds: open to those who may book in it.</param>
    public async Task<Outcome<Done>> DoAsync(
        Guid appointmentId, string action, Func<Appointment, bool> may, string otherwise, Func<Appointment, Task> step, CancellationToken token, bool changesColumn = false)
    {
        var appointment = await db.Appointments.Include(a => a.Claims).SingleOrDefaultAsync(a => a.Id == appointmentId, token);
        if (appointment is null)
        {
            return new Failure.NotFound();
        }

        if (await access.ToContactAsync(appointment.PatientId, action, token) is { } refusal)
        {
            return refusal;
        }

        trail.Concerns(appointment.PatientId, appointment.Id);
        if (changesColumn && !await columns.AreOpenAsync([appointment.PractitionerId], token))
        {
            return Columns.OfAColleague;
        }

        if (!may(appointment))
        {
            return new Failure.Conflict(otherwise);
        }

        await step(appointment);
        await db.SaveChangesAsync(token);
        return default(Done);
    }
}
