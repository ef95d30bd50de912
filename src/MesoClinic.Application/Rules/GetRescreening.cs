using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>How far the re-screening of coming appointments is, and the rounds before it.</summary>
public static class GetRescreening
{
    private const int Shown = 10;

    [Requires(Permission.HandleSafetyTasks)]
    public sealed record Query : IQuery<View>;

    /// <param name="RuleBook">Hash of the book in force.</param>
    /// <param name="Version">Number of the clinic's published version; 0 = the built-in rules alone.</param>
    /// <param name="Waiting">Coming treatments that were last judged by another book.</param>
    public sealed record View(string RuleBook, int Version, int Waiting, IReadOnlyList<Round> Rounds);

    /// <param name="Started">On the clinic's wall clock, as is <paramref name="Finished"/>; null = it is running.</param>
    public sealed record Round(string RuleBook, DateTime Started, DateTime? Finished, int Total, int Done, int Worse);

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var rounds = new List<Round>();
            foreach (var round in await db.Rescreenings.AsNoTracking().OrderByDescending(round => round.StartedUtc).Take(Shown).ToListAsync(token))
            {
                DateTime? finished = round.FinishedUtc is { } at ? await time.ToWallAsync(at, token) : null;
                rounds.Add(new Round(round.RuleBook, await time.ToWallAsync(round.StartedUtc, token), finished, Math.Max(round.Total, round.Done), round.Done, round.Worse));
            }

            var book = await books.RefreshAsync(db, token);
            var waiting = await Rescreener.Waiting(db, book.Hash, time.UtcNow).CountAsync(token);
            return new View(book.Hash, books.Number, waiting, rounds);
        }
    }
}
