using System.Text;
using MesoClinic.Application.Sessions;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Layout;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What of a session is a file of its own.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app) =>
        app.MapGet("/sessions/{id:guid}/map.svg", MapAsync).RequireAuthorization(policy => policy.RequireRole(StaffNavigation.StaffRoles.Split(',')));

    /// <summary>Read, refused and written down like the record itself. A record without points has no map.</summary>
    private static async Task<IResult> MapAsync(Guid id, HttpContext context, ClinicSender clinic, RuleBook book, IWebHostEnvironment host)
    {
        var outcome = await clinic.SendAsync(context.User, new GetSession.Query { SessionId = id }, context.RequestAborted);
        if (outcome.Value?.Draft is not { } draft || !draft.Sites.Exists(site => site.Points.Count > 0))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(SessionMapSvg.Write(draft, new SessionKnowledge(book), host.WebRootFileProvider)), "image/svg+xml", "session-map.svg");
    }
}
