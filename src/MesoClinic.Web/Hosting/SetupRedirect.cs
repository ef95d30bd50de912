using MesoClinic.Application.Staff;

namespace MesoClinic.Web.Hosting;

internal static class SetupRedirect
{
    /// <summary>Until the clinic is set up every page leads to the page that does it.</summary>
    public static void UseSetupRedirect(this WebApplication app)
    {
        var code = app.Services.GetRequiredService<SetupCode>();
        app.Use(async (context, next) =>
        {
            if (code.IsOpen && IsPage(context.Request))
            {
                context.Response.Redirect("/account/setup");
                return;
            }

            await next();
        });
    }

    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/account/setup", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) && !Path.HasExtension(request.Path.Value);
}
