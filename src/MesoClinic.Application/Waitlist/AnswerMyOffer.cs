using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Waitlist;

/// <summary>A patient takes the time that was offered to them, or leaves it to the next.</summary>
public static class AnswerMyOffer
{
    [Requires(Permission.OwnRecord)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid EntryId { get; set; }
        public bool Accept { get; set; }

        /// <summary>When it is declined: whether another time would do.</summary>
        public bool KeepWaiting { get; set; } = true;
    }

    internal sealed class Handler(OfferAnswers answers, PatientAccess access) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await answers.FindAsync(command.EntryId, token) is not { } entry || access.ToOwn(entry.PatientId, nameof(AnswerMyOffer)) is not null)
            {
                return new Failure.NotFound();
            }

            return command.Accept
                ? (await answers.AcceptAsync(entry, token)).Failure is { } failure ? failure : default(Done)
                : await answers.DeclineAsync(entry, command.KeepWaiting, token);
        }
    }
}
