using System.Security.Claims;
using MesoClinic.Data.Accounts;
using MesoClinic.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace MesoClinic.Web.Components.Account;

/// <summary>What has no page of its own: the way home, and signing out.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this WebApplication app)
    {
        app.MapGet("/", (ClaimsPrincipal user) => Results.Redirect(HomePage.Of(user))).AllowAnonymous();
        app.MapPost("/account/logout", SignOutAsync).AllowAnonymous();
        // The script of the page calls this while somebody types or points; being asked is the activity (see the check of the cookie).
        app.MapPost("/account/active", () => Results.NoContent()).RequireAuthorization();
    }

    /// <summary>Ends this sign-in in all tabs of this browser; other devices stay signed in.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<ClinicUser> signIn, SignInSessions sessions)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        sessions.End(context.User);
        await signIn.SignOutAsync();
        return Results.Redirect("/account/login");
    }
}
