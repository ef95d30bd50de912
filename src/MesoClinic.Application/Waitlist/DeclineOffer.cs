using MediatR;
using MesoClinic.Application.Patients;

namespace MesoClinic.Application.Waitlist;

/// <summary>The patient told the clinic that they do not take the offered time: it goes to the next who waits.</summary>
public static class DeclineOffer
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid EntryId { get; set; }
        public bool KeepWaiting { get; set; }
    }

    internal sealed class Handler(OfferAnswers answers, PatientAccess access) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token) =>
            await answers.FindAsync(command.EntryId, token) is not { } entry ? new Failure.NotFound()
            : await access.ToContactAsync(entry.PatientId, nameof(DeclineOffer), token) is { } refusal ? refusal
            : await answers.DeclineAsync(entry, command.KeepWaiting, token);
    }
}
