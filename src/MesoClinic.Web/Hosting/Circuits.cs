using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MesoClinic.Web.Hosting;

/// <summary>Counts live connections: too many for one person, or for the machine, are refused.</summary>
internal sealed class CircuitCount(ClinicOptions options)
{
    private readonly ConcurrentDictionary<string, int> byUser = new(StringComparer.Ordinal);
    private int all;

    public void Enter(string user)
    {
        var mine = byUser.AddOrUpdate(user, 1, (_, count) => count + 1);
        var total = Interlocked.Increment(ref all);
        if (mine > options.Limits.CircuitsPerUser || total > options.Limits.Circuits)
        {
            Leave(user);
            throw new InvalidOperationException("Too many open pages.");
        }
    }

    public void Leave(string user)
    {
        byUser.AddOrUpdate(user, 0, (_, count) => count - 1);
        Interlocked.Decrement(ref all);
    }
}

internal sealed class CircuitLimit(CircuitCount count, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? user;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var name = (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
        count.Enter(name);
        user = name;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (user is not null)
        {
            count.Leave(user);
        }

        return Task.CompletedTask;
    }
}
