using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Sends a message after all, once what stood in its way is put right, with what else goes out in the same e-mail. It goes out with the next round, with all its attempts before it.</summary>
public static class RetryMessage
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid MessageId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, AuditTrail trail, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var now = time.UtcNow;
            var message = await db.OutboxMessages.Where(m => m.Id == command.MessageId).Select(m => new { m.PatientId, m.MailId }).SingleOrDefaultAsync(token);
            if (message is null)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(message.PatientId, command.MessageId);
            var changed = await db.OutboxMessages
                .Where(m => (m.Id == command.MessageId || (message.MailId != null && m.MailId == message.MailId)) && (m.LeasedUntilUtc == null || m.LeasedUntilUtc <= now)
                    && (m.State == MessageState.GivenUp || m.State == MessageState.NotTold || (m.State == MessageState.Waiting && m.Problem != null)))
                .ExecuteUpdateAsync(
                    m => m.SetProperty(x => x.State, MessageState.Waiting).SetProperty(x => x.Attempts, 0).SetProperty(x => x.NextAttemptUtc, now)
                        .SetProperty(x => x.EndedUtc, (DateTime?)null).SetProperty(x => x.Problem, (MessageProblem?)null),
                    token);
            return changed > 0 ? default(Done) : new Failure.Conflict("It is being sent, was sent, or is no longer needed. Look at the list as it is now.");
        }
    }
}
