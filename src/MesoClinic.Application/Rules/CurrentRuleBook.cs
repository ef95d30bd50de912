using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The rules that came with this version of the portal.</summary>
public sealed record BuiltInRules(RuleBook Book);

/// <summary>The rule book in force: the built-in rules and the clinic's own as last published. One for the process; other instances see a new version with their next assessment.</summary>
public sealed class CurrentRuleBook(BuiltInRules builtIn)
{
    private volatile InForce current = new(0, builtIn.Book);

    public RuleBook Book => current.Book;

    /// <summary>Number of the published version; 0 while the built-in rules stand alone.</summary>
    public int Number => current.Number;
    public RuleBook BuiltIn => builtIn.Book;

    /// <summary>Takes up what was published since. Every assessment asks first, inside its own transaction.</summary>
    public async Task<RuleBook> RefreshAsync(ClinicDbContext db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var number = await db.RuleBookVersions.MaxAsync(version => (int?)version.Number, token) ?? 0;
        if (number != current.Number)
        {
            var json = await db.RuleBookVersions.Where(version => version.Number == number).Select(version => version.Json).SingleOrDefaultAsync(token);
            current = new InForce(number, json is null ? builtIn.Book : ClinicRules.Over(builtIn.Book, ClinicRules.ParseAll(json)));
        }

        return current.Book;
    }

    private sealed record InForce(int Number, RuleBook Book);
}
