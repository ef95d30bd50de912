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

    /// <summary>How one message ended.</summary>
    private sealed record Result(MessageState State, MessageProblem? Problem = null);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Sends all that is due; also what a test calls. A mail server that does not answer ends the round.</summary>
    /// <returns>How many messages were sent.</returns>
    public async Task<int> RunAsync(CancellationToken token)
    {
        var sent = 0;
        while (await DueAsync(token) is { Count: > 0 } due)
        {
            foreach (var id in due)
            {
                if (!await ClaimAsync(id, token))
                {
                    continue;
                }

                var result = await SendAsync(id, token);
                await FinishAsync(id, result, token);
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

    private async Task<List<Guid>> DueAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Now;
        return await scope.ServiceProvider.GetRequiredService<ClinicDbContext>().OutboxMessages
            .Where(m => m.State == MessageState.Waiting && m.NextAttemptUtc <= now && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now))
            .OrderBy(m => m.NextAttemptUtc).ThenBy(m => m.Id).Take(MessagesAtOnce).Select(m => m.Id).ToListAsync(token);
    }

    /// <summary>One statement that finds the message unclaimed and claims it: of two instances the second finds nothing.</summary>
    private async Task<bool> ClaimAsync(Guid id, CancellationToken token)
    {
        var (now, until) = (Now, Now + Lease);
        return await InTurnAsync(
            db => db.OutboxMessages
                .Where(m => m.Id == id && m.State == MessageState.Waiting && m.NextAttemptUtc <= now && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeasedBy, me).SetProperty(x => x.LeasedUntilUtc, until).SetProperty(x => x.Attempts, x => x.Attempts + 1), token),
            token) == 1;
    }

    private async Task<Result> SendAsync(Guid id, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var message = await db.OutboxMessages.AsNoTracking().Include(m => m.Patient).Include(m => m.Appointment).SingleAsync(m => m.Id == id, token);
        var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
        if (!StillTrue(message, clinic.Reminders, Now))
        {
            return new Result(MessageState.Withdrawn);
        }

        if (CannotBeTold(message.Patient!.Email, message.Patient.MayBeContacted) is { } why)
        {
            return new Result(MessageState.NotTold, why);
        }

        if (message.Attempts > OutboxMessage.Backoff.Count + 1)
        {
            // The last attempt was cut short: what stopped it must not be tried for ever.
            return new Result(MessageState.GivenUp, message.Problem ?? MessageProblem.Unreachable);
        }

        try
        {
            await mailer.SendAsync(MailOf(message, message.Patient, clinic), token);
            return new Result(settings.WritesFiles ? MessageState.Filed : MessageState.Sent);
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            var problem = ProblemOf(error);
            Failed(logger, id, problem, error.GetType().Name, message.Attempts);
            return new Result(problem == MessageProblem.BadAddress || message.Attempts > OutboxMessage.Backoff.Count ? MessageState.GivenUp : MessageState.Waiting, problem);
        }
    }

    private async Task FinishAsync(Guid id, Result result, CancellationToken token)
    {
        var (now, backoff) = (Now, OutboxMessage.Backoff);
        await InTurnAsync(
            async db =>
            {
                var mine = db.OutboxMessages.Where(m => m.Id == id && m.LeasedBy == me && m.State == MessageState.Waiting);
                var attempts = await mine.Select(m => m.Attempts).SingleOrDefaultAsync(token);
                var next = now + backoff[Math.Clamp(attempts - 1, 0, backoff.Count - 1)];
                DateTime? ended = result.State == MessageState.Waiting ? null : now;
                return await mine.ExecuteUpdateAsync(
                    m => m.SetProperty(x => x.State, result.State).SetProperty(x => x.Problem, result.Problem).SetProperty(x => x.NextAttemptUtc, next)
                        .SetProperty(x => x.EndedUtc, ended).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntilUtc, (DateTime?)null),
                    token);
            },
            token);
    }

    /// <summary>A short write of its own: nothing is held while the network is waited for.</summary>
    private async Task<int> InTurnAsync(Func<ClinicDbContext, Task<int>> write, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var pass = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(token);
        return await write(scope.ServiceProvider.GetRequiredService<ClinicDbContext>());
    }

    private Mailer.Mail MailOf(OutboxMessage message, Patient patient, Clinic clinic)
    {
        var link = $"{settings.PublicUrl}/me/appointments";
        var letter = Letters.Write(message.Kind, patient.Language, clinic.Name, message.WallStart, clinic.Phone, link);
        var calendar = message is { Appointment: { } appointment, Kind: not (MessageKind.Held or MessageKind.Offer) }
            ? new CalendarFile(appointment.Id, message.Sequence, message.Kind == MessageKind.Cancelled, appointment.StartUtc, appointment.EndUtc, message.QueuedUtc, clinic.Name, clinic.Phone, link, settings.From, patient.Email!)
            : null;
        return new Mailer.Mail(message.Id, clinic.Name, patient.FullName, patient.Email!, letter.Language, letter.Subject, letter.Body, calendar);
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
