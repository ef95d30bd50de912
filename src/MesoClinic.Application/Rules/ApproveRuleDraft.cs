using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The responsible physician has read a draft and what it would have stopped, and agrees to it.</summary>
public static class ApproveRuleDraft
{
    [Requires(Permission.SignRules)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid DraftId { get; set; }

        /// <summary>The version that was read; a text that changed since has to be read again.</summary>
        public Guid Version { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, Physicians physicians, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await physicians.MeAsync(Permission.SignRules, token) is null)
            {
                return new Failure.Forbidden();
            }

            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == command.DraftId, token) is not { State: RuleDraftState.Draft } draft)
            {
                return new Failure.NotFound();
            }

            if (draft.Version != command.Version)
            {
                return new Failure.Conflict("The draft was changed meanwhile. Read it again.");
            }

            if (draft.ReplayedHash != ClinicRules.HashOf(draft.Json))
            {
                return new Failure.Conflict("This text was not replayed over last year's sessions yet.");
            }

            (draft.State, draft.ApprovedById, draft.ApprovedUtc) = (RuleDraftState.Approved, user.RequiredId, time.UtcNow);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
