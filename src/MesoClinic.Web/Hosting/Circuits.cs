using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MesoClinic.Web.Hosting;

/// <summary>Counts live pages: too many for one person, or for the machine, are refused.</summary>
internal sealed class CircuitCount(ClinicOptions options)
{
    private readonly ConcurrentDictionary<string, int> byUser = new(StringComparer.Ordinal);
    private int all;

    /// <returns>False: there are too many already.</returns>
    public bool TryEnter(string user)
    {
        var mine = byUser.AddOrUpdate(user, 1, (_, count) => count + 1);
        var total = Interlocked.Increment(ref all);
        if (mine > options.Limits.CircuitsPerUser || total > options.Limits.Circuits)
        {
            Leave(user);
            return false;
        }

        return true;
    }

    public void Leave(string user)
    {
        byUser.AddOrUpdate(user, 0, (_, count) => count - 1);
        Interlocked.Decrement(ref all);
    }
}

/// <summary>
/// Whether the browser of a live page can be reached. What changes while it cannot is drawn when it is back: parts of a page that reach into the browser as they go would fail without one,
/// and take the page with them that its person comes back to.
/// </summary>
public sealed class BrowserConnection : CircuitHandler
{
    public bool IsUp { get; private set; } = true;

    /// <summary>The browser is back, or there for the first time.</summary>
    public event EventHandler? CameBack;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = true;
        CameBack?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = false;
        return Task.CompletedTask;
    }
}

/// <summary>A live page too many gives way to a page that says what to do.</summary>
internal sealed class CircuitLimit(CircuitCount count, AuthenticationStateProvider authentication, NavigationManager navigation) : CircuitHandler
{
    private string? user;

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var name = (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
        if (count.TryEnter(name))
        {
            user = name;
        }
        else
        {
            navigation.NavigateTo("/account/too-many-pages", forceLoad: true);
        }
    }

    /// <summary>A page that lost its line is kept for some minutes, but takes nobody's place: a crashed browser must not lock its person out.</summary>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (user is not null)
        {
            count.Leave(user);
            user = null;
        }

        return Task.CompletedTask;
    }
}

/// <summary>Takes a live page off the screen when its person has signed out in another tab, or no longer counts as signed in.</summary>
internal sealed class CircuitSignOut(SignInSessions sessions, AuthenticationStateProvider authentication, NavigationManager navigation) : CircuitHandler
{
    private string? session;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session = SignInSessions.IdOf((await authentication.GetAuthenticationStateAsync()).User);
        sessions.Ended += LeaveIfEnded;
        authentication.AuthenticationStateChanged += LeaveIfSignedOut;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        sessions.Ended -= LeaveIfEnded;
        authentication.AuthenticationStateChanged -= LeaveIfSignedOut;
        return Task.CompletedTask;
    }

    private void LeaveIfEnded(object? sender, SignInEndedEventArgs ended)
    {
        if (ended.Session == session)
        {
            Leave();
        }
    }

    private async void LeaveIfSignedOut(Task<AuthenticationState> state)
    {
        if (session is not null && (await state).User.Identity?.IsAuthenticated != true)
        {
            Leave();
        }
    }

    private void Leave() => navigation.NavigateTo("/account/login?ended=true", forceLoad: true);
}
