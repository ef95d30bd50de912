using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Which rules the clinic's responsible physician has signed as they stand. A changed rule counts as unsigned again.</summary>
public sealed class SignOffs(ClinicDbContext db, CurrentRuleBook books)
{
    public async Task<IReadOnlySet<string>> SignedRulesAsync(CancellationToken token)
    {
        var signatures = await db.RuleSignOffs.AsNoTracking().Select(signature => new { signature.Rule, signature.RuleHash }).ToListAsync(token);
        var book = books.Book;
        return signatures.Where(signature => book.HashOfRule(signature.Rule) == signature.RuleHash).Select(signature => signature.Rule).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether every rule of the book is signed.</summary>
    public async Task<bool> IsBookSignedAsync(CancellationToken token) =>
        await db.RuleSignOffs.CountAsync(token) >= books.Book.RuleHashes.Count && (await SignedRulesAsync(token)).Count == books.Book.RuleHashes.Count;
}
