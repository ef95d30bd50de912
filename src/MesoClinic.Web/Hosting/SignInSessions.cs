using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using MesoClinic.Data.Accounts;

namespace MesoClinic.Web.Hosting;

/// <summary>
/// Ends a sign-in after a time without activity, after a working day, or when its person signs out, in all its tabs and live connections.
/// When it was last active is kept in memory: after a restart the idle time begins anew, while the working day goes on.
/// </summary>
internal sealed class SignInSessions(TimeProvider clock)
{
    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan PatientIdle = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    public const string SessionClaim = "sign_in";
    public const string StartedClaim = "signed_in_at";
    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private DateTimeOffset sweptAt = clock.GetUtcNow();

    /// <summary>Raised with the id of a sign-in that its person has ended.</summary>
    public event EventHandler<SignInEndedEventArgs>? Ended;

    /// <summary>The claims of a new sign-in.</summary>
    public IReadOnlyList<Claim> Begin() =>
    [
        new(SessionClaim, RandomNumberGenerator.GetHexString(32, lowercase: true)),
        new(StartedClaim, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Whether the sign-in still stands. Asking is no activity.</summary>
    public bool IsLive(ClaimsPrincipal user)
    {
        var now = clock.GetUtcNow();
        if (IdOf(user) is not { } id || !long.TryParse(user.FindFirstValue(StartedClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            || now - DateTimeOffset.FromUnixTimeSeconds(started) >= Longest)
        {
            return false;
        }

        var session = sessions.GetOrAdd(id, _ => new Session(now, HasEnded: false));
        return !session.HasEnded && now - session.SeenAt < IdleLimit(user);
    }

    /// <summary>The person did something.</summary>
    public void Touch(ClaimsPrincipal user)
    {
        if (IdOf(user) is { } id && IsLive(user))
        {
            sessions.AddOrUpdate(id, _ => new Session(clock.GetUtcNow(), HasEnded: false), (_, known) => known with { SeenAt = clock.GetUtcNow() });
        }

        Sweep();
    }

    public void End(ClaimsPrincipal user)
    {
        if (IdOf(user) is { } id)
        {
            sessions[id] = new Session(clock.GetUtcNow(), HasEnded: true);
            Ended?.Invoke(this, new SignInEndedEventArgs(id));
        }
    }

    public static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    public static TimeSpan IdleLimit(ClaimsPrincipal user) => user.IsInRole(ClinicRoles.Cosmetologist) || user.IsInRole(ClinicRoles.Manager) ? StaffIdle : PatientIdle;

    /// <summary>Forgets sign-ins that are older than a working day: their cookies are refused by age.</summary>
    private void Sweep()
    {
        var now = clock.GetUtcNow();
        if (now - sweptAt < StaffIdle)
        {
            return;
        }

        sweptAt = now;
        foreach (var (id, _) in sessions.Where(pair => now - pair.Value.SeenAt > Longest))
        {
            sessions.TryRemove(id, out _);
        }
    }

    private sealed record Session(DateTimeOffset SeenAt, bool HasEnded);
}

internal sealed class SignInEndedEventArgs(string session) : EventArgs
{
    public string Session { get; } = session;
}
