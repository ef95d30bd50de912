using System.Net.Mail;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Booking;

/// <summary>
/// Sends what the outbox holds, at least once. Of several instances one at a time works on a message: it takes a lease that the database grants to one only. An instance that dies leaves its
/// lease behind; when that has run out the message is sent again under the same Message-ID.
/// </summary>
public sealed partial class OutboxSender(IServiceScopeFactory scopes, Mailer mailer, MailSettings settings, TimeProvider clock, ILogger<OutboxSender> logger) : BackgroundService
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private const int MessagesAtOnce = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Guid me = Guid.NewGuid();

    /// <summary>A message that is due, and the e-mail that it goes out in.</summary>
    private sealed record Due(Guid Id, Guid? MailId);

    /// <summary>How one e-mail ended.</summary>
    private sealed record Result(MessageState State, MessageProblem? Problem = null);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Sends all that is due; also what a test calls. A mail server that does not answer ends the round.</summary>
    /// <returns>How many e-mails were sent.</returns>
    public async Task<int> RunAsync(CancellationToken token)
    {
        var sent = 0;
        while (await DueAsync(token) is { Count: > 0 } due)
        {
            foreach (var mail in due)
            {
                if (!await ClaimAsync(mail, token))
                {
                    continue;
                }

                var result = await SendAsync(mail, token);
                sent += result.State is MessageState.Sent or MessageState.Filed ? 1 : 0;
                if (result.Problem == MessageProblem.Unreachable)
                {
                    return sent;
                }
            }
        }

        return sent;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A database that is away for a while must not end the service; messages of the database may hold values.
                Broke(logger, error.GetType().Name);
            }
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Now;
        return await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().OutboxMessages
            .Where(m => m.State == MessageState.Waiting && m.NextAttemptUtc <= now && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now))
            .OrderBy(m => m.NextAttemptUtc).ThenBy(m => m.Id).Take(MessagesAtOnce).Select(m => new Due(m.Id, m.MailId)).ToListAsync(token);
    }

    /// <summary>One statement that finds the messages of the e-mail unclaimed and claims them: of two instances the second finds nothing.</summary>
    private async Task<bool> ClaimAsync(Due mail, CancellationToken token)
    {
        var (now, until) = (Now, Now + Lease);
        return await InTurnAsync(
            db => db.OutboxMessages
                .Where(m => (m.Id == mail.Id || (mail.MailId != null && m.MailId == mail.MailId)) && m.State == MessageState.Waiting && m.NextAttemptUtc <= now && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeasedBy, me).SetProperty(x => x.LeasedUntilUtc, until).SetProperty(x => x.Attempts, x => x.Attempts + 1), token),
            token) > 0;
    }

    /// <summary>Sends what is claimed of the e-mail and still true, and writes down how each message ended.</summary>
    private async Task<Result> SendAsync(Due mail, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var claimed = await db.OutboxMessages.AsNoTracking().Include(m => m.Patient).Include(m => m.Appointment)
            .Where(m => (m.Id == mail.Id || (mail.MailId != null && m.MailId == mail.MailId)) && m.LeasedBy == me && m.State == MessageState.Waiting)
            .OrderBy(m => m.StartUtc).ThenBy(m => m.Id).ToListAsync(token);
        var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
        var (told, untrue) = (new List<OutboxMessage>(), new List<OutboxMessage>());
        claimed.ForEach(m => (StillTrue(m, clinic.Reminders, Now) ? told : untrue).Add(m));
        var withdrawn = new Result(MessageState.Withdrawn);
        await FinishAsync(untrue, withdrawn, token);
        var result = told.Count == 0 ? withdrawn : await TellAsync(told, clinic, token);
        await FinishAsync(told, result, token);
        return result;
    }

    private async Task<Result> TellAsync(List<OutboxMessage> told, Clinic clinic, CancellationToken token)
    {
        var (first, attempts) = (told[0], told.Max(m => m.Attempts));
        if (CannotBeTold(first.Patient!.Email, first.Patient.MayBeContacted) is { } why)
        {
            return new Result(MessageState.NotTold, why);
        }

        if (attempts > OutboxMessage.Backoff.Count + 1)
        {
            // The last attempt was cut short: what stopped it must not be tried for ever.
            return new Result(MessageState.GivenUp, first.Problem ?? MessageProblem.Unreachable);
        }

        try
        {
            await mailer.SendAsync(MailOf(told, first.Patient, clinic), token);
            return new Result(settings.WritesFiles ? MessageState.Filed : MessageState.Sent);
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            var problem = ProblemOf(error);
            Failed(logger, first.Id, problem, error.GetType().Name, attempts);
            return new Result(problem == MessageProblem.BadAddress || attempts > OutboxMessage.Backoff.Count ? MessageState.GivenUp : MessageState.Waiting, problem);
        }
    }

    private async Task FinishAsync(List<OutboxMessage> messages, Result result, CancellationToken token)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var (now, ids) = (Now, messages.ConvertAll(m => m.Id));
        var next = now + OutboxMessage.Backoff[Math.Clamp(messages.Max(m => m.Attempts) - 1, 0, OutboxMessage.Backoff.Count - 1)];
        DateTime? ended = result.State == MessageState.Waiting ? null : now;
        await InTurnAsync(
            db => db.OutboxMessages.Where(m => ids.Contains(m.Id) && m.LeasedBy == me && m.State == MessageState.Waiting)
                .ExecuteUpdateAsync(
                    m => m.SetProperty(x => x.State, result.State).SetProperty(x => x.Problem, result.Problem).SetProperty(x => x.NextAttemptUtc, next)
                        .SetProperty(x => x.EndedUtc, ended).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntilUtc, (DateTime?)null),
                    token),
            token);
    }

    /// <summary>A short write of its own: nothing is held while the network is waited for.</summary>
    private async Task<int> InTurnAsync(Func<ClinicDbContext, Task<int>> write, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var pass = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(token);
        return await write(scope.ServiceProvider.GetRequiredService<ClinicDbContext>());
    }

    private Mailer.Mail MailOf(List<OutboxMessage> told, Patient patient, Clinic clinic)
    {
        var (first, link) = (told[0], $"{settings.PublicUrl}/me/appointments");
        var letter = told.Count == 1
            ? Letters.Write(first.Kind, patient.Language, clinic.Name, first.WallStart, clinic.Phone, link)
            : Letters.Write(told.Select(m => (m.Kind, m.WallStart)), patient.Language, clinic.Name, clinic.Phone, link);
        var calendars = told.Where(m => m.Kind is not (MessageKind.Held or MessageKind.Offer)).Select(m => new CalendarFile(
            m.AppointmentId, m.Sequence, m.Kind == MessageKind.Cancelled, m.Appointment!.StartUtc, m.Appointment.EndUtc, m.QueuedUtc, clinic.Name, clinic.Phone, link, settings.From, patient.Email!));
        return new Mailer.Mail(first.MailId ?? first.Id, clinic.Name, patient.FullName, patient.Email!, letter.Language, letter.Subject, letter.Body, [.. calendars]);
    }

    /// <summary>Why nobody writes to this patient; null when they may be written to.</summary>
    internal static MessageProblem? CannotBeTold(string? email, bool mayBeContacted) =>
        !mayBeContacted ? MessageProblem.NoConsent : string.IsNullOrWhiteSpace(email) ? MessageProblem.NoEmail : null;

    /// <summary>Whether the message still tells the truth: whatever happened to the appointment on whichever way, nobody hears of a time that no longer stands.</summary>
    private static bool StillTrue(OutboxMessage message, Reminders reminders, DateTime now)
    {
        var appointment = message.Appointment!;
        return message.StartUtc > now && appointment.Sequence == message.Sequence && message.Kind switch
        {
            MessageKind.Cancelled => appointment.State == AppointmentState.Cancelled,
            MessageKind.Offer => appointment.State == AppointmentState.Offered && !appointment.HasExpired(now),
            MessageKind.Held => appointment is { State: AppointmentState.Booked, IsProvisional: true },
            MessageKind.FirstReminder => IsConfirmed(appointment) && reminders.SendsFirst && !(reminders.SendsLast && appointment.StartUtc <= now.AddHours(reminders.LastHours)),
            MessageKind.LastReminder => IsConfirmed(appointment) && reminders.SendsLast,
            _ => IsConfirmed(appointment),
        };
    }

    private static bool IsConfirmed(Appointment appointment) => appointment is { State: AppointmentState.Booked, IsProvisional: false };

    private static MessageProblem ProblemOf(Exception error) => error switch
    {
        FormatException => MessageProblem.BadAddress,
        SmtpFailedRecipientException => MessageProblem.Refused,
        SmtpException { StatusCode: not (SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable) } => MessageProblem.Refused,
        _ => MessageProblem.Unreachable,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending what is due failed with {Error}; it is tried again in five seconds")]
    private static partial void Broke(ILogger logger, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} could not be sent: {Problem} ({Error}), attempt {Attempt}")]
    private static partial void Failed(ILogger logger, Guid id, MessageProblem problem, string error, int attempt);
}
