using MesoClinic.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web.Components.Account;

/// <summary>Counts wrong tries for addresses that have no account, so that the sign-in page says of them exactly what it says of an account.</summary>
internal sealed class SignInTries(IOptions<IdentityOptions> options, TimeProvider clock) : IDisposable
{
    private const int Remembered = 10_000;
    private readonly MemoryCache tries = new(new MemoryCacheOptions { SizeLimit = Remembered });

    /// <summary>How many tries are left after one more wrong one; 0 = paused.</summary>
    public int Fail(string email)
    {
        var key = ContentHash.Hex(email.Trim().ToUpperInvariant());
        var lockout = options.Value.Lockout;
        lock (tries)
        {
            var now = clock.GetUtcNow();
            var known = tries.Get<Tries>(key);
            if (known?.PausedUntil > now)
            {
                return 0;
            }

            var failed = (known is null or { PausedUntil: not null } ? 0 : known.Failed) + 1;
            var paused = failed >= lockout.MaxFailedAccessAttempts;
            tries.Set(key, new Tries(failed, paused ? now + lockout.DefaultLockoutTimeSpan : null), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromDays(1) });
            return lockout.MaxFailedAccessAttempts - failed;
        }
    }

    public void Dispose() => tries.Dispose();

    private sealed record Tries(int Failed, DateTimeOffset? PausedUntil);
}
