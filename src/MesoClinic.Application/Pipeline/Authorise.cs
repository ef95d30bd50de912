using System.Reflection;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;

namespace MesoClinic.Application.Pipeline;

/// <summary>Refuses a request that declares no permission, and a person who does not hold it. The refusal is audited.</summary>
internal sealed class Authorise<TRequest, TResponse>(ClinicDbContext db, CurrentUser user, AuditTrail trail, AuditWriter writer) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IClinicRequest
    where TResponse : IOutcome<TResponse>
{
    private static readonly Permission? Needed = typeof(TRequest).GetCustomAttribute<RequiresAttribute>()?.Permission;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        await user.RefreshAsync(db, cancellationToken);
        if (Needed is { } permission && user.May(permission))
        {
            return await next();
        }

        trail.Record(RequestName.Of<TRequest>(), nameof(Failure.Forbidden));
        await writer.WriteAsync(cancellationToken);
        return TResponse.Refuse(new Failure.Forbidden());
    }
}
