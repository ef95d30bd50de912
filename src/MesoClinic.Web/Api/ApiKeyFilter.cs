using System.Diagnostics;
using System.Threading.RateLimiting;
using MesoClinic.Application;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Api;

/// <summary>Lets in whoever holds a key. The key is looked up for each request, so that a revoked one dies at once on every instance.</summary>
internal sealed class ApiKeyFilter(WrongKeys wrong) : IEndpointFilter
{
    private const string Bearer = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        if (KeyOf(http.Request) is not { } key)
        {
            return Refuse(http);
        }

        var hash = ApiKeyHash.Of(key);
        if (!await http.RequestServices.GetRequiredService<ClinicDbContext>().ApiKeys.AnyAsync(k => k.KeyHash == hash && k.RevokedUtc == null, http.RequestAborted))
        {
            if (wrong.MayTryAgain(http.Connection.RemoteIpAddress?.ToString() ?? ""))
            {
                return Refuse(http);
            }

            http.Response.Headers.RetryAfter = "60";
            return Problems.Of(StatusCodes.Status429TooManyRequests, "Too many wrong keys. Wait a minute.");
        }

        http.RequestServices.GetRequiredService<CurrentUser>().IsApiClient(Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N"));
        return await next(context);
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 and <= 200 } key ? key : null;

    private static IResult Refuse(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorised;
    }
}

/// <summary>Counts wrong keys: ten a minute and address.</summary>
internal sealed class WrongKeys : IDisposable
{
    private const int PerMinute = 10;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    public bool MayTryAgain(string address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
