using System.Globalization;
using MesoClinic.Application.Audit;
using MesoClinic.Data;

namespace MesoClinic.Web.Hosting;

/// <summary>The command line's "verify-audit": a line for the trail and one for what was signed, and 0 when both are as they were written. It only reads, so the portal may be running.</summary>
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
            var signed = await scope.ServiceProvider.GetRequiredService<RecordVerifier>().VerifyAsync(token);
            var (records, consents) = (signed.Records.ToString("N0", CultureInfo.InvariantCulture), signed.Consents.ToString("N0", CultureInfo.InvariantCulture));
            await Console.Out.WriteLineAsync(signed.Holds
                ? $"What was signed holds: {records} records and {consents} consents, none changed."
                : $"What was signed was CHANGED. Records: {Ids(signed.ChangedRecords)}. Consents: {Ids(signed.ChangedConsents)}. The others of {records} records and {consents} consents are as they were signed.");
            return result.Holds && signed.Holds ? 0 : 1;
        }
        catch (Exception error) when (DatabaseOutage.Is(error))
        {
            throw new StartRefused("The audit trail cannot be read: there is no clinic's database here. Check MesoClinic:Data:Folder and MesoClinic:Database.");
        }
    }

    private static string Ids(List<Guid> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids);
}
