using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Pipeline;

/// <summary>Logs name, outcome and milliseconds of each request; never its content.</summary>
internal sealed partial class LogRequests<TRequest, TResponse>(ILogger<LogRequests<TRequest, TResponse>> logger, CurrentUser user) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IClinicRequest
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var started = Stopwatch.GetTimestamp();
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Correlation"] = user.Correlation });
        try
        {
            var outcome = await next();
            Handled(logger, RequestName.Of<TRequest>(), outcome.Failure?.Kind ?? "Done", Stopwatch.GetElapsedTime(started).TotalMilliseconds, user.Correlation);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            Handled(logger, RequestName.Of<TRequest>(), "Cancelled", Stopwatch.GetElapsedTime(started).TotalMilliseconds, user.Correlation);
            throw;
        }
        catch (Exception error)
        {
            // The message of a database error can hold values: only its type goes to the log.
            Broke(logger, RequestName.Of<TRequest>(), error.GetType().Name, error.StackTrace, user.Correlation);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Request} {Outcome} in {Milliseconds:0.0} ms [{Correlation}]")]
    private static partial void Handled(ILogger logger, string request, string outcome, double milliseconds, string correlation);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Request} broke with {Error} [{Correlation}] {Stack}")]
    private static partial void Broke(ILogger logger, string request, string error, string? stack, string correlation);
}

/// <summary>"BookAppointment" for BookAppointment.Command.</summary>
internal static class RequestName
{
    public static string Of<TRequest>() => (typeof(TRequest).DeclaringType ?? typeof(TRequest)).Name;
}
