using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Who has read or changed a patient's record, for those who may read the chart.</summary>
public static class WhoHasSeenPatient
{
    private const int Most = 200;

    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<Row>>;

    /// <param name="At">On the clinic's wall clock.</param>
    /// <param name="What">What was done, in words, and whether it was refused.</param>
    public sealed record Row(long Sequence, DateTime At, string Who, string What, string? Reason);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        public async Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToChartAsync(query.PatientId, nameof(WhoHasSeenPatient), token) is { } refusal)
            {
                return refusal;
            }

            var entries = await (
                from entry in db.AuditEntries.AsNoTracking()
                where entry.PatientId == query.PatientId
                join account in db.Users on entry.UserId equals account.Id into accounts
                from account in accounts.DefaultIfEmpty()
                orderby entry.Sequence descending
                select new { entry.Sequence, entry.AtUtc, entry.Action, entry.Outcome, entry.Reason, Who = account == null ? "The portal itself" : account.DisplayName })
                .Take(Most)
                .ToListAsync(token);
            var rows = new List<Row>();
            foreach (var entry in entries)
            {
                rows.Add(new Row(entry.Sequence, await time.ToWallAsync(entry.AtUtc, token), entry.Who, InWords(entry.Action, entry.Outcome), entry.Reason));
            }

            return rows;
        }

        /// <summary>"OpenChartWithReason" as "Open chart with reason".</summary>
        private static string InWords(string action, string outcome)
        {
            var words = string.Concat(action.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
            return outcome is "Done" or "Read" ? words : $"{words}, refused";
        }
    }
}
