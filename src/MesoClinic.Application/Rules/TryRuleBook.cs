using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Rules;

/// <summary>The sandbox: what the book says of a patient who does not exist, and what it would say with a draft in it. Keeps nothing.</summary>
public static class TryRuleBook
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(AssessmentRequest Request, Guid? DraftId = null) : IQuery<View>;

    public sealed record View(Assessment InForce, Assessment? WithDraft);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            if (query.DraftId is not { } id)
            {
                return new View(book.Assess(query.Request), null);
            }

            if (await db.RuleDrafts.FindAsync([id], token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            var (rule, problems) = ClinicRules.Read(draft.Kind, draft.Json, books);
            return problems.Count > 0
                ? new Failure.Invalid("", string.Join(" ", problems))
                : new View(book.Assess(query.Request), ClinicRules.Over(books.BuiltIn, ClinicRules.After(draft.Kind, rule!, books)).Assess(query.Request));
        }
    }
}
