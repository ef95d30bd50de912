using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>One draft with its text, or the text to begin a new one with.</summary>
public static class GetRuleDraft
{
    /// <param name="Id">Null begins a new draft.</param>
    /// <param name="Rule">For a new draft: the built-in rule to make stricter, or the rule to start from; null = a small example.</param>
    [Requires(Permission.ReadRules)]
    public sealed record Query(Guid? Id, string? Rule = null) : IQuery<View>;

    /// <param name="IsReplayed">The text as it stands was replayed.</param>
    public sealed record View(
        Guid? Id, Guid Version, RuleDraftKind Kind, string Rule, string Json, string Note, RuleDraftState State, bool IsReplayed, int? SessionsReplayed, int? SessionsStopped,
        bool MayDraft, bool MayApprove);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, CurrentUser user, Physicians physicians) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var mayApprove = await physicians.MeAsync(Permission.SignRules, token) is not null;
            if (query.Id is null)
            {
                return New(query.Rule, mayApprove);
            }

            if (await db.RuleDrafts.AsNoTracking().SingleOrDefaultAsync(draft => draft.Id == query.Id, token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            return new View(
                draft.Id, draft.Version, draft.Kind, draft.Rule, draft.Json, draft.Note, draft.State, draft.ReplayedHash == ClinicRules.HashOf(draft.Json), draft.SessionsReplayed, draft.SessionsStopped,
                user.May(Permission.ManageRules), mayApprove);
        }

        private View New(string? from, bool mayApprove)
        {
            var original = from is null ? null : books.Book.Contraindications.GetValueOrDefault(from);
            var kind = original is null || original.Id.StartsWith(ClinicRules.IdPrefix, StringComparison.Ordinal) ? RuleDraftKind.Addition : RuleDraftKind.Stricter;
            return new View(null, Guid.Empty, kind, original?.Id ?? "", original is null ? Example : ClinicRules.Write(original), "", RuleDraftState.Draft, false, null, null, user.May(Permission.ManageRules), mayApprove);
        }
    }

    private const string Example = """
        {
          "id": "ci-clinic-example",
          "title": "Long-haul flight in the next three days",
          "tier": "temporary",
          "action": "postpone",
          "detect": {
            "any": [ { "type": "event", "kind": "social-event", "direction": "future", "withinDays": 3 } ]
          },
          "scope": { "extent": "whole-body", "techniques": [ "injection" ] },
          "rationale": "Swelling and bruises are hard to look after on a journey.",
          "clearsWhen": "The journey is more than three days away, or over.",
          "alternatives": [],
          "override": "none-until-cleared",
          "sources": [ "clinic" ],
          "reviewStatus": "unreviewed"
        }
        """;
}
