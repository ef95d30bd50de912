using Microsoft.AspNetCore.WebUtilities;

namespace MesoClinic.Web.Api;

/// <summary>What is said when there is nothing to say: programs get JSON, people a page.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(IsProgram, api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong here. Nothing was changed.").ExecuteAsync(context) });
            api.UseStatusCodePages(pages => AnswerOf(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
        });
        app.UseWhen(context => !IsProgram(context), pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/not-found", "?status={0}");
        });
    }

    private static bool IsProgram(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    private static IResult AnswerOf(int status) => Problems.Of(status, status switch
    {
        StatusCodes.Status413PayloadTooLarge => "The body is larger than 256 kB.",
        StatusCodes.Status415UnsupportedMediaType => "Send the content type application/json.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    });
}
