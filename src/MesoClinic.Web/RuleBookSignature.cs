using MesoClinic.Application.Rules;
using MesoClinic.Rules;

namespace MesoClinic.Web;

/// <summary>Whether the rule book in force is signed off, for the foot of every assessment. Looked up at most every half minute, and again after a signature.</summary>
public sealed class RuleBookSignature(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);
    private volatile Known? _known;

    /// <summary>A signature says something of assessments by the signed book only.</summary>
    public async Task<bool> CoversAsync(string ruleBook)
    {
        var known = _known;
        if (known is null || clock.GetUtcNow() - known.At > Holds)
        {
            await using var scope = scopes.CreateAsyncScope();
            var book = scope.ServiceProvider.GetRequiredService<RuleBook>();
            _known = known = new Known(book.Hash, await scope.ServiceProvider.GetRequiredService<SignOffs>().IsBookSignedAsync(CancellationToken.None), clock.GetUtcNow());
        }

        return known.IsSigned && known.RuleBook == ruleBook;
    }

    public void Forget() => _known = null;

    private sealed record Known(string RuleBook, bool IsSigned, DateTimeOffset At);
}
