using MesoClinic.Application;
using MesoClinic.Data;
using Microsoft.AspNetCore.Diagnostics;

namespace MesoClinic.Web.Hosting;

/// <summary>What writes outside the pipeline, such as signing in, finds a full disk too: the error page then says so.</summary>
internal sealed class DiskFullHandler(DatabaseEngine engine, DiskAlarm alarm) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (engine.IsFull(exception))
        {
            alarm.Raise();
        }

        return ValueTask.FromResult(false);
    }
}
