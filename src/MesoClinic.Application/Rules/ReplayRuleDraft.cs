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
    private const int Listed = 20;

    [Requires(Permission.ManageRules)]
    public sealed class Command : ICommand<Result>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid DraftId { get; set; }
    }

    /// <param name="Stopped">Sessions that took place and that the draft would have stopped; the newest first, at most twenty.</param>
    /// <param name="Warned">How many more would have carried its caution.</param>
    public sealed record Result(int Sessions, int StoppedCount, int Warned, IReadOnlyList<Stop> Stopped);

    /// <summary>A session that cannot be told from others of its day: the replay judges the rule, not the patient.</summary>
    public sealed record Stop(DateOnly Date, Decision Then, Decision Now, string Because);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, AuditTrail trail, ClinicTime time) : IRequestHandler<Command, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Command command, CancellationToken token)
        {
            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == command.DraftId, token) is not { } draft)
            {
                return new Failure.NotFound();
            }

            var inForce = await books.RefreshAsync(db, token);
            var (rule, problem) = ClinicRules.Parse(draft.Json);
            var problems = rule is null ? [problem!] : ClinicRules.ProblemsOf(draft.Kind, rule, books.BuiltIn, inForce);
            if (problems.Count > 0)
            {
                return new Failure.Invalid("", string.Join(" ", problems));
            }

            var candidate = ClinicRules.Over(books.BuiltIn, ClinicRules.After(draft.Kind, rule!, books));
            trail.Concerns(null, draft.Id);
            var (sessions, warned) = (0, 0);
            var stopped = new List<Stop>();
            await foreach (var stored in StartsOfLastYear().AsAsyncEnumerable().WithCancellation(token))
            {
                sessions++;
                var (then, now) = (inForce.Assess(stored.Facts), candidate.Assess(stored.Facts));
                var finding = now.Findings.FirstOrDefault(found => found.Rule == rule!.Id);
                if (now.Decision > then.Decision && now.Decision > Decision.AllowWithCaution)
                {
                    stopped.Add(new Stop(stored.Facts.Date, then.Decision, now.Decision, finding?.Because ?? ""));
                }
                else if (finding is not null && then.Findings.All(found => found.Rule != rule!.Id))
                {
                    warned++;
                }
            }

            (draft.ReplayedUtc, draft.ReplayedHash, draft.SessionsReplayed, draft.SessionsStopped) = (time.UtcNow, ClinicRules.HashOf(draft.Json), sessions, stopped.Count);
            await db.SaveChangesAsync(token);
            return new Result(sessions, stopped.Count, warned, [.. stopped.OrderByDescending(stop => stop.Date).Take(Listed)]);
        }

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
