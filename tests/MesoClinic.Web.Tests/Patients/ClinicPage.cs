using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using FluentValidation;
using MesoClinic.Application.Patients;
using MesoClinic.Testing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web.Tests.Patients;

/// <summary>Renders pages against a real clinic: what a component sends goes through the whole pipeline.</summary>
internal static class ClinicPage
{
    public static BunitAuthorizationContext UseClinic(this BunitContext context, TestClinic clinic, Guid user, params string[] roles)
    {
        var authorization = context.AddAuthorization();
        authorization.SetAuthorized("Somebody");
        authorization.SetRoles(roles);
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddSingleton(TestClinic.Book.Value);
        context.Services.AddSingleton<TimeProvider>(clinic.Clock);
        context.Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        var signedIn = new SignedIn(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test")));
        context.Services.AddScoped(_ => new ClinicSender(clinic.Scope().ServiceProvider.GetRequiredService<IServiceScopeFactory>(), signedIn, Options.Create(new IdentityOptions())));
        foreach (var type in typeof(RegisterPatient).Assembly.GetTypes().Where(type => !type.IsAbstract))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>)))
            {
                context.Services.AddSingleton(contract, type);
            }
        }

        return authorization;
    }

    private sealed class SignedIn(ClaimsPrincipal principal) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(principal));
    }
}
