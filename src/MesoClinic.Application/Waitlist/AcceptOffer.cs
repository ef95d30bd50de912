using MediatR;
using MesoClinic.Application.Patients;

namespace MesoClinic.Application.Waitlist;

/// <summary>The patient told the clinic that they take the offered time: it is booked, if it is still safe.</summary>
public static class AcceptOffer
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid EntryId { get; set; }
    }

    internal sealed class Handler(OfferAnswers answers, PatientAccess access) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token) =>
            await answers.FindAsync(command.EntryId, token) is not { } entry ? new Failure.NotFound()
            : await access.ToContactAsync(entry.PatientId, nameof(AcceptOffer), token) is { } refusal ? refusal
            : await answers.AcceptAsync(entry, token);
    }
}
