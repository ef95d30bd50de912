using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Puts an approved draft into the book as a new version. Every coming appointment is judged again by it.</summary>
public static class PublishRuleDraft
{
    [Requires(Permission.ManageRules)]
    public sealed class Command : ICommand<int>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid DraftId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken token)
        {
            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == command.DraftId, token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            if (draft is not { State: RuleDraftState.Approved, ApprovedById: { } physician })
            {
                return new Failure.Conflict("The responsible physician has to approve this text first.");
            }

            await books.RefreshAsync(db, token);
            var (rule, problems) = ClinicRules.Read(draft.Kind, draft.Json, books);
            if (problems.Count > 0)
            {
                return new Failure.Invalid("", string.Join(" ", problems));
            }

            var rules = ClinicRules.After(draft.Kind, rule!, books);
            var version = new RuleBookVersion
            {
                Number = books.Number + 1,
                Json = ClinicRules.Write(rules),
                RuleBook = ClinicRules.Over(books.BuiltIn, rules).Hash,
                Note = draft.Note,
                ApprovedById = physician,
                PublishedById = user.RequiredId,
                PublishedUtc = time.UtcNow,
            };
            db.RuleBookVersions.Add(version);
            draft.State = RuleDraftState.Published;
            await db.SaveChangesAsync(token);
            return version.Number;
        }
    }
}
