using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MesoClinic.Web.Hosting;

/// <summary>Ready means that the clinic's tables answer.</summary>
internal sealed class DatabaseHealth(ClinicDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await db.Clinics.AsNoTracking().AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Its message may name the server.
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
