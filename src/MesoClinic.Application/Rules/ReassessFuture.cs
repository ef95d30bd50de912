using System.Globalization;
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

    /// <summary>
    /// After a treatment was booked, moved or accepted, and saved: judges the patient's others that are still to come, for which it counts. A time that makes one of them unsafe is refused, and the
    /// caller's changes with it.
    /// </summary>
    /// <param name="followedBy">The course whose later sessions are moved next: they become tasks, not a refusal.</param>
    public async Task<Failure?> RefuseWorseAsync(Appointment booked, CancellationToken token, Guid? followedBy = null)
    {
        ArgumentNullException.ThrowIfNull(booked);
        if (!booked.IsTreatment)
        {
            return null;
        }

        var worse = await JudgeAsync(db.Appointments.Where(a => a.PatientId == booked.PatientId && a.Id != booked.Id), SafetyTaskCause.TreatmentRecorded, token);
        worse.RemoveAll(a => a.CourseId is not null && a.CourseId == followedBy);
        return worse.Count == 0 ? null : new Failure.Conflict(string.Create(
            CultureInfo.InvariantCulture, $"This time is too close to what is booked on {worse.Min(a => a.WallStart):dddd d MMMM yyyy 'at' HH:mm}: that one would no longer be allowed. Choose another day, or move that one first."));
    }

    /// <summary>After a change of the clinic itself, such as its hemisphere.</summary>
    public Task OfEverybodyAsync(CancellationToken token) => JudgeAsync(db.Appointments, SafetyTaskCause.ClinicChanged, token);

    private async Task<List<Appointment>> JudgeAsync(IQueryable<Appointment> appointments, SafetyTaskCause cause, CancellationToken token)
    {
        var now = time.UtcNow;
        var coming = await appointments
            .Where(Appointment.ComingTreatment(now))
            .ToListAsync(token);
        var worse = new List<Appointment>();
        if (coming.Count == 0)
        {
            return worse;
        }

        var open = await tasks.OpenOfAsync(coming, token);
        foreach (var (appointment, assessment) in await assessor.AssessComingAsync(coming, token))
        {
            var before = appointment.Decision;
            await overrides.JudgeAsync(appointment, assessment, token);
            if (tasks.Note(appointment, before, cause, open.GetValueOrDefault(appointment.Id)))
            {
                worse.Add(appointment);
            }
        }

        await db.SaveChangesAsync(token);
        return worse;
    }
}
