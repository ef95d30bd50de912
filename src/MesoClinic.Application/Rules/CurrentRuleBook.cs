using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The rules that came with this version of the portal.</summary>
public sealed record BuiltInRules(RuleBook Book);

/// <summary>The rule book in force: the built-in rules and the clinic's own as last published. One for the process; other instances see a new version with their next assessment.</summary>
public sealed class CurrentRuleBook(BuiltInRules builtIn)
{
    private InForce current = new(0, builtIn.Book);

    public RuleBook Book => Current.Book;

    /// <summary>Number of the published version; 0 while the built-in rules stand alone.</summary>
    public int Number => Current.Number;
    public RuleBook BuiltIn => builtIn.Book;

    private InForce Current => Volatile.Read(ref current);

    /// <summary>Takes up what was published since. Every assessment asks first, inside its own transaction. Numbers only rise: who still reads an older state of the database does not turn the book back.</summary>
    public async Task<RuleBook> RefreshAsync(ClinicDbContext db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var number = await db.RuleBookVersions.MaxAsync(version => (int?)version.Number, token) ?? 0;
        if (number > Current.Number)
        {
            var json = await db.RuleBookVersions.Where(version => version.Number == number).Select(version => version.Json).SingleAsync(token);
            var newer = new InForce(number, ClinicRules.Over(builtIn.Book, ClinicRules.ParseAll(json)));
            for (var seen = Current; seen.Number < number && Interlocked.CompareExchange(ref current, newer, seen) != seen; seen = Current)
            {
                // Somebody else took up another version meanwhile; the higher number stays.
            }
        }

        return Book;
    }

    private sealed record InForce(int Number, RuleBook Book);
}
