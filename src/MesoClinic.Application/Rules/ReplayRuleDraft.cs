using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Judges the sessions of the last year again with the draft in the book: which of those that took place would it have stopped?</summary>
public static class ReplayRuleDraft
{
    /// <summary>Below this, only the number is told: a rule written to fit one person must not say when that person was here.</summary>
    public const int FewestListed = 5;

    [Requires(Permission.ManageRules)]
    public sealed class Command : ICommand<Result>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid DraftId { get; set; }
    }

    /// <param name="StoppedCount">Sessions that took place and that the draft would have stopped; null: fewer than <see cref="FewestListed"/>, or none. A smaller number would say whether one known patient is among them.</param>
    /// <param name="Warned">How many more would have carried its caution; null likewise.</param>
    /// <param name="Stopped">When they were, the latest month first; empty while there are fewer than <see cref="FewestListed"/>.</param>
    public sealed record Result(int Sessions, int? StoppedCount, int? Warned, IReadOnlyList<StoppedIn> Stopped);

    /// <summary>The replay judges the rule, not the patient: it tells no day and no finding, by which a session could be told from others.</summary>
    /// <param name="Month">Its first day.</param>
    public sealed record StoppedIn(DateOnly Month, int Sessions);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, AuditTrail trail, ClinicTime time) : IRequestHandler<Command, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Command command, CancellationToken token)
        {
            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == command.DraftId, token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            var inForce = await books.RefreshAsync(db, token);
            var (rule, problems) = ClinicRules.Read(draft.Kind, draft.Json, books);
            if (problems.Count > 0)
            {
                return new Failure.Invalid("", string.Join(" ", problems));
            }

            var candidate = ClinicRules.Over(books.BuiltIn, ClinicRules.After(draft.Kind, rule!, books));
            trail.Concerns(null, draft.Id);
            var (sessions, warned) = (0, 0);
            var stopped = new List<DateOnly>();
            await foreach (var stored in StartsOfLastYear().AsAsyncEnumerable().WithCancellation(token))
            {
                sessions++;
                var (then, now) = (inForce.Assess(stored.Facts), candidate.Assess(stored.Facts));
                var finding = now.Findings.FirstOrDefault(found => found.Rule == rule!.Id);
                if (now.Decision > then.Decision && now.Decision > Decision.AllowWithCaution)
                {
                    stopped.Add(new DateOnly(stored.Facts.Date.Year, stored.Facts.Date.Month, 1));
                }
                else if (finding is not null && then.Findings.All(found => found.Rule != rule!.Id))
                {
                    warned++;
                }
            }

            (draft.ReplayedUtc, draft.ReplayedHash, draft.SessionsReplayed, draft.SessionsStopped) = (time.UtcNow, ClinicRules.HashOf(draft.Json), sessions, Told(stopped.Count));
            await db.SaveChangesAsync(token);
            return new Result(
                sessions, Told(stopped.Count), Told(warned),
                stopped.Count < FewestListed ? [] : [.. stopped.CountBy(month => month).OrderByDescending(month => month.Key).Select(month => new StoppedIn(month.Key, month.Value))]);
        }

        private static int? Told(int count) => count < FewestListed ? null : count;

        /// <summary>The assessment with which each signed session of the last 365 days began; of several, the last.</summary>
        private IQueryable<StoredAssessment> StartsOfLastYear()
        {
            var since = time.UtcNow.AddDays(-365);
            return
                from session in db.Sessions.AsNoTracking()
                where session.SignedUtc != null && session.StartedUtc >= since
                from stored in db.Assessments.AsNoTracking().Where(stored => stored.SessionId == session.Id).OrderByDescending(stored => stored.AtUtc).Take(1)
                select stored;
        }
    }
}
