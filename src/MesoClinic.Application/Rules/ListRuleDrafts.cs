using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The clinic's own rules: what is in force, what is on its way, and every version that was published.</summary>
public static class ListRuleDrafts
{
    [Requires(Permission.ReadRules)]
    public sealed record Query : IQuery<View>;

    /// <param name="Own">Ids of the clinic's own rules in force.</param>
    /// <param name="MayDraft">Whether this person drafts and publishes.</param>
    /// <param name="MayApprove">Whether this person is a physician, who approves.</param>
    public sealed record View(int Number, string RuleBook, IReadOnlyList<OwnRule> Own, IReadOnlyList<Draft> Drafts, IReadOnlyList<Published> Versions, bool MayDraft, bool MayApprove);

    public sealed record OwnRule(string Id, string Title, bool IsStricter);

    public sealed record Draft(Guid Id, RuleDraftKind Kind, string Rule, string Note, RuleDraftState State, DateTime Created, string By);

    /// <param name="At">On the clinic's wall clock.</param>
    public sealed record Published(int Number, DateTime At, string Note, string ApprovedBy, string PublishedBy, string RuleBook, int Rules, int? RestoredFrom);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, CurrentUser user, Physicians physicians, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        private const int Shown = 50;

        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            var zone = await time.ZoneAsync(token);
            var names = await db.Staff.AsNoTracking().ToDictionaryAsync(member => member.Id, member => member.Name, token);
            var drafts = await db.RuleDrafts.AsNoTracking().Where(draft => draft.State == RuleDraftState.Draft || draft.State == RuleDraftState.Approved).OrderBy(draft => draft.CreatedUtc).ToListAsync(token);
            var versions = await db.RuleBookVersions.AsNoTracking().OrderByDescending(version => version.Number).Take(Shown).ToListAsync(token);
            return new View(
                books.Number,
                book.Hash,
                [.. book.Knowledge.Contraindications.Where(rule => ClinicRules.IsOwn(rule.Id, books.BuiltIn, book)).Select(rule => new OwnRule(rule.Id, rule.Title, books.BuiltIn.Contraindications.ContainsKey(rule.Id)))],
                [.. drafts.Select(draft => new Draft(draft.Id, draft.Kind, draft.Rule, draft.Note, draft.State, At(draft.CreatedUtc), Name(draft.CreatedById)))],
                [.. versions.Select(version => new Published(version.Number, At(version.PublishedUtc), version.Note, Name(version.ApprovedById), Name(version.PublishedById), version.RuleBook, ClinicRules.ParseAll(version.Json).Count, version.RestoredFrom))],
                user.May(Permission.ManageRules),
                await physicians.MeAsync(Permission.SignRules, token) is not null);

            DateTime At(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);

            string Name(Guid id) => names.GetValueOrDefault(id, "Somebody who left");
        }
    }
}
