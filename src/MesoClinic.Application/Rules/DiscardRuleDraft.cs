using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Gives a draft up. It stays in the database, out of the list.</summary>
public static class DiscardRuleDraft
{
    [Requires(Permission.ManageRules)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid DraftId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == command.DraftId, token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            if (draft.State == RuleDraftState.Published)
            {
                return new Failure.Conflict("This draft is in the book. To take its rule out, draft a removal.");
            }

            draft.State = RuleDraftState.Discarded;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
