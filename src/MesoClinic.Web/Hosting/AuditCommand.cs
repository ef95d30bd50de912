using System.Data.Common;
using System.Globalization;
using MesoClinic.Application.Audit;
using Microsoft.EntityFrameworkCore.Storage;

namespace MesoClinic.Web.Hosting;

/// <summary>The command line's "verify-audit": one line, and 0 when every entry is as it was written. It only reads, so the portal may be running.</summary>
internal static class AuditCommand
{
    public static async Task<int> RunAsync(IServiceProvider services, CancellationToken token)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            var result = await scope.ServiceProvider.GetRequiredService<VerifyAuditChain.AuditVerifier>().VerifyAsync(token);
            var entries = result.Entries.ToString("N0", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync(result.Holds
                ? $"The audit trail holds: {entries} entries, none changed, none missing."
                : $"The audit trail is BROKEN at entry {result.BrokenAt}; the {entries} entries before it are as they were written.");
            return result.Holds ? 0 : 1;
        }
        catch (Exception error) when (error is DbException or InvalidOperationException { InnerException: DbException } or RetryLimitExceededException)
        {
            throw new StartRefused("The audit trail cannot be read: there is no clinic's database here. Check MesoClinic:Data:Folder and MesoClinic:Database.");
        }
    }
}
