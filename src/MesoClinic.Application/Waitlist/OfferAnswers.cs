using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>What an answer to an offer does, whoever gives it: the patient on their page, or the clinic on the telephone.</summary>
internal sealed class OfferAnswers(ClinicDbContext db, ClinicTime time, WaitlistOffers offers, Outbox outbox, PatientAccess access, ReassessFuture reassess, AuditTrail trail)
{
    private static readonly Failure.Conflict Over = new("This offer has run out. If the time is still free, the clinic can book it.");

    public Task<WaitlistEntry?> FindAsync(Guid entryId, CancellationToken token) => db.Waitlist.SingleOrDefaultAsync(entry => entry.Id == entryId, token);

    /// <summary>Books the time that was held, after asking the rule book once more. Who has a later time for the same thing already gives that one back.</summary>
    public async Task<Outcome<Guid>> AcceptAsync(WaitlistEntry entry, CancellationToken token)
    {
        trail.Concerns(entry.PatientId, entry.Id);
        if (await OfferedAsync(entry, token) is not { } appointment)
        {
            return Over;
        }

        if (entry.CourseId is { } course && !await db.Courses.AnyAsync(c => c.Id == course && c.State == CourseState.Active, token))
        {
            return new Failure.Conflict("The course of this session is paused or has ended. Please call the clinic.");
        }

        await access.NoteOwnBookingAsync(appointment, token);
        appointment.AcceptOffer(time.UtcNow);
        if (!await offers.JudgeAsync(appointment, isAsked: true, token))
        {
            return new Failure.Conflict("Something has changed since this time was offered, and it cannot be booked at once. Please call the clinic.");
        }

        entry.Accept(time.UtcNow);
        if (await offers.ReplacedAsync(entry.PatientId, entry.Kind, entry.CourseId, appointment.StartUtc, token) is { } replaced)
        {
            var freed = replaced.Spot;
            replaced.Cancel(CancelCode.MovedEarlier, null, time.UtcNow);
            await outbox.ReplacedAsync(appointment, replaced, token);
            await db.SaveChangesAsync(token);
            await offers.OfferAsync(freed, entry.PatientId, token);
        }
        else
        {
            await outbox.BookedAsync(appointment, confirm: true, token);
            await db.SaveChangesAsync(token);
        }

        return await reassess.RefuseWorseAsync(appointment, token) is { } tooClose ? tooClose : appointment.Id;
    }

    /// <summary>Gives the time to the next who waits.</summary>
    public async Task<Outcome<Done>> DeclineAsync(WaitlistEntry entry, bool keepWaiting, CancellationToken token)
    {
        trail.Concerns(entry.PatientId, entry.Id);
        if (await OfferedAsync(entry, token) is not { } appointment)
        {
            return Over;
        }

        var freed = appointment.Spot;
        appointment.Cancel(CancelCode.OfferDeclined, "Offer from the waitlist declined.", time.UtcNow);
        entry.Decline(keepWaiting, time.UtcNow);
        await db.SaveChangesAsync(token);
        await offers.OfferAsync(freed, entry.PatientId, token);
        return default(Done);
    }

    private async Task<Appointment?> OfferedAsync(WaitlistEntry entry, CancellationToken token)
    {
        if (entry is not { State: WaitlistState.Offered, OfferedAppointmentId: { } id })
        {
            return null;
        }

        var appointment = await db.Appointments.Include(a => a.Claims).SingleAsync(a => a.Id == id, token);
        return appointment.State == AppointmentState.Offered && !appointment.HasExpired(time.UtcNow) ? appointment : null;
    }
}
