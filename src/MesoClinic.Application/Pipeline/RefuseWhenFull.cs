using MediatR;
using MesoClinic.Data;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Pipeline;

/// <summary>A disk without room is refused in words. The transaction is gone as a whole, and the same command can be sent again.</summary>
internal sealed partial class RefuseWhenFull<TRequest, TResponse>(DatabaseEngine engine, DiskAlarm alarm, ILogger<RefuseWhenFull<TRequest, TResponse>> logger) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IClinicRequest
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (Exception error) when (engine.IsFull(error))
        {
            alarm.Raise();
            Full(logger, RequestName.Of<TRequest>());
            return TResponse.Refuse(new Failure.Conflict(request is IClinicCommand ? DiskAlarm.NotSaved : DiskAlarm.NotShown));
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The database's disk is full or cannot be written; {Request} was refused")]
    private static partial void Full(ILogger logger, string request);
}
