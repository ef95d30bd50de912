using System.Diagnostics;
using System.Security.Claims;
using MediatR;
using MesoClinic.Application;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web;

/// <summary>
/// The one way from a component to the clinic. Each send runs in a scope of its own, so that two clicks in one circuit never share a
/// database context; the circuit's user goes along.
/// </summary>
public sealed class ClinicSender(IServiceScopeFactory scopes, AuthenticationStateProvider authentication, IOptions<IdentityOptions> identity)
{
    /// <summary>Sends a query; leaving the page cancels it.</summary>
    public async Task<Outcome<T>> SendAsync<T>(IQuery<T> query, CancellationToken token = default) => await DispatchAsync(query, token);

    /// <summary>Sends a command; it runs to its end even if the page is left, so that nothing is half saved.</summary>
    public async Task<Outcome<T>> SendAsync<T>(ICommand<T> command) => await DispatchAsync(command, CancellationToken.None);

    /// <summary>The same for a plain request, which says itself who asks.</summary>
    public Task<Outcome<T>> SendAsync<T>(ClaimsPrincipal user, IRequest<Outcome<T>> request, CancellationToken token) => DispatchAsync(user, request, token);

    private async Task<Outcome<T>> DispatchAsync<T>(IRequest<Outcome<T>> request, CancellationToken token) =>
        await DispatchAsync((await authentication.GetAuthenticationStateAsync()).User, request, token);

    private async Task<Outcome<T>> DispatchAsync<T>(ClaimsPrincipal principal, IRequest<Outcome<T>> request, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Is(IdOf(principal), StampOf(principal), Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N"));
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, token);
    }

    private static Guid? IdOf(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private string? StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
}
