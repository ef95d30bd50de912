using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>What patients are to be told. Everything is queued in the transaction of the change that it tells of, so that nobody hears of what was rolled back, and nothing that happened stays untold.</summary>
public sealed class Outbox(ClinicDbContext db, CurrentClinic clinic, ClinicTime time)
{
    /// <summary>One e-mail for each patient whom the running command has something to tell: a series that is booked at once is one confirmation.</summary>
    private readonly Dictionary<Guid, Guid> mails = [];

    /// <summary>
    /// The one way to have a patient told. The same is queued once only; what was withdrawn is taken up again. Whether the patient can and wants to be written to is looked at when it is sent.
    /// </summary>
    /// <param name="dueUtc">Null: at once.</param>
    public async Task QueueAsync(Appointment appointment, MessageKind kind, CancellationToken token, DateTime? dueUtc = null)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var now = time.UtcNow;
        var due = dueUtc ?? now;
        var known = db.Entry(appointment).State == EntityState.Added ? null : await db.OutboxMessages.SingleOrDefaultAsync(m => m.AppointmentId == appointment.Id && m.Kind == kind && m.Sequence == appointment.Sequence, token);
        if (known is null)
        {
            db.OutboxMessages.Add(new OutboxMessage
            {
                PatientId = appointment.PatientId,
                AppointmentId = appointment.Id,
                Kind = kind,
                Sequence = appointment.Sequence,
                StartUtc = appointment.StartUtc,
                WallStart = appointment.WallStart,
                MailId = MailOf(appointment.PatientId, kind),
                QueuedUtc = now,
                DueUtc = due,
                NextAttemptUtc = due,
            });
        }
        else if (known.State == MessageState.Withdrawn)
        {
            (known.State, known.Attempts, known.DueUtc, known.NextAttemptUtc, known.Problem, known.EndedUtc) = (MessageState.Waiting, 0, due, due, null, null);
            known.MailId = MailOf(appointment.PatientId, kind);
        }
    }

    /// <summary>After a booking was judged: a confirmation, or word that the time is only held; and the reminders.</summary>
    /// <param name="confirm">False: the patient knows already, and is only reminded.</param>
    public async Task BookedAsync(Appointment appointment, bool confirm, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        if (confirm)
        {
            await QueueAsync(appointment, appointment.IsProvisional ? MessageKind.Held : MessageKind.Booked, token);
        }

        await RemindAsync(appointment, token);
    }

    /// <summary>A time that was only held is now the patient's.</summary>
    public async Task ConfirmedAsync(Appointment appointment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        if (appointment.StartUtc > time.UtcNow && await db.OutboxMessages.AnyAsync(m => m.AppointmentId == appointment.Id && m.Kind == MessageKind.Held, token))
        {
            await QueueAsync(appointment, MessageKind.Booked, token);
        }

        await RemindAsync(appointment, token);
    }

    /// <summary>After a move was judged: what told of the time before is withdrawn. Who had not been told yet hears of the new time as if there had been no other.</summary>
    public async Task MovedAsync(Appointment appointment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var (told, _) = await WithdrawAsync(appointment.Id, token);
        await QueueAsync(appointment, appointment.IsProvisional ? MessageKind.Held : told ? MessageKind.Moved : MessageKind.Booked, token);
        await RemindAsync(appointment, token);
    }

    /// <summary>An earlier time took the place of a later one: one word of both.</summary>
    public async Task ReplacedAsync(Appointment taken, Appointment given, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var told = await CancelledAsync(given, token);
        await QueueAsync(taken, told ? MessageKind.Moved : MessageKind.Booked, token);
        await RemindAsync(taken, token);
    }

    /// <summary>Withdraws what was not sent yet. Nobody is told of the end of something that they had not been told of: a confirmation that was still waiting just goes away.</summary>
    /// <returns>Whether the patient is told.</returns>
    public async Task<bool> CancelledAsync(Appointment appointment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var (told, unsent) = await WithdrawAsync(appointment.Id, token);
        var tells = appointment.StartUtc > time.UtcNow && (told || !unsent);
        if (tells)
        {
            await QueueAsync(appointment, MessageKind.Cancelled, token);
        }

        return tells;
    }

    private async Task RemindAsync(Appointment appointment, CancellationToken token)
    {
        if (appointment.IsProvisional)
        {
            return;
        }

        foreach (var (kind, due) in ReminderTimes.Of(appointment, (await clinic.GetAsync(token)).Reminders, await time.ZoneAsync(token), time.UtcNow))
        {
            await QueueAsync(appointment, kind, token, due);
        }
    }

    /// <summary>Reminders and offers come one by one; all else that one command tells a patient comes together.</summary>
    private Guid? MailOf(Guid patientId, MessageKind kind)
    {
        if (kind is MessageKind.FirstReminder or MessageKind.LastReminder or MessageKind.Offer)
        {
            return null;
        }

        if (!mails.TryGetValue(patientId, out var mail))
        {
            mails[patientId] = mail = Guid.CreateVersion7();
        }

        return mail;
    }

    /// <returns>Whether the patient was told of the appointment before, or is being told at this moment; and whether a first word of it was still waiting.</returns>
    private async Task<(bool Told, bool Unsent)> WithdrawAsync(Guid appointmentId, CancellationToken token)
    {
        var now = time.UtcNow;
        var all = await db.OutboxMessages.AsNoTracking().Where(m => m.AppointmentId == appointmentId)
            .Select(m => new { m.Kind, m.State, IsBeingSent = m.State == MessageState.Waiting && m.LeasedUntilUtc > now }).ToListAsync(token);
        await db.OutboxMessages.Where(m => m.AppointmentId == appointmentId && m.State == MessageState.Waiting && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Withdrawn).SetProperty(x => x.EndedUtc, now), token);
        return (
            all.Exists(m => m.State is MessageState.Sent or MessageState.Filed || m.IsBeingSent),
            all.Exists(m => m is { State: MessageState.Waiting, Kind: MessageKind.Booked or MessageKind.Held }));
    }
}

/// <summary>When a reminder is due.</summary>
internal static class ReminderTimes
{
    /// <summary>What is to remind of an appointment. What would have been due already is left out: the confirmation is reminder enough.</summary>
    public static IEnumerable<(MessageKind Kind, DateTime DueUtc)> Of(Appointment appointment, Reminders reminders, TimeZoneInfo zone, DateTime nowUtc)
    {
        if (reminders.SendsFirst && DueUtc(appointment.WallStart, reminders.FirstHours, zone) is var first && first > nowUtc)
        {
            yield return (MessageKind.FirstReminder, first);
        }

        if (reminders.SendsLast && DueUtc(appointment.WallStart, reminders.LastHours, zone) is var last && last > nowUtc)
        {
            yield return (MessageKind.LastReminder, last);
        }
    }

    /// <summary>
    /// Whole days are counted on the clinic's wall clock, the hours left over as they pass: 48 hours before Monday 10:00 is Saturday 10:00, also when the clocks change on Sunday,
    /// and three hours before is three hours before. A time that the clocks skip is due as they have skipped it; one that comes twice, the first time.
    /// </summary>
    public static DateTime DueUtc(DateTime wallStart, int hoursBefore, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(wallStart.AddDays(-(hoursBefore / 24)), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc).AddHours(-(hoursBefore % 24));
    }
}
