using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>Messages about coming times that did not reach the patient: those that could not be sent, and those to people who cannot be written to. The nearest appointment first.</summary>
public static class ListMessages
{
    private const int Most = 100;

    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<View>;

    /// <param name="WritesFiles">No mail server is set: messages are only written as files.</param>
    /// <param name="SentToday">E-mails, on the clinic's day.</param>
    public sealed record View(IReadOnlyList<Row> Failed, IReadOnlyList<Row> NotTold, int Waiting, int SentToday, bool WritesFiles, string From);

    /// <param name="Start">On the clinic's wall clock, as is <paramref name="At"/>: the last attempt's end, or when it is tried again.</param>
    public sealed record Row(
        Guid Id, Guid PatientId, string Patient, string? Phone, Guid AppointmentId, MessageKind Kind, MessageState State, MessageProblem? Problem, int Attempts, DateTime Start, DateTime At);

    internal sealed class Handler(ClinicDbContext db, MailSettings settings, AuditTrail trail, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var now = time.UtcNow;
            var (today, _) = await time.DayAsync(await time.TodayAsync(token), token);
            var all = db.OutboxMessages.AsNoTracking();
            var ahead = all.Where(m => m.StartUtc > now);
            return new View(
                await RowsAsync(ahead.Where(m => m.State == MessageState.GivenUp || (m.State == MessageState.Waiting && m.Problem != null)), token),
                await RowsAsync(ahead.Where(m => m.State == MessageState.NotTold), token),
                await all.CountAsync(m => m.State == MessageState.Waiting, token),
                await all.Where(m => (m.State == MessageState.Sent || m.State == MessageState.Filed) && m.EndedUtc >= today).Select(m => m.MailId ?? m.Id).Distinct().CountAsync(token),
                settings.WritesFiles,
                settings.From);
        }

        private async Task<IReadOnlyList<Row>> RowsAsync(IQueryable<OutboxMessage> messages, CancellationToken token)
        {
            var rows = new List<Row>();
            foreach (var row in await messages.OrderBy(m => m.StartUtc).ThenBy(m => m.Id).Take(Most).Select(m => new { m, m.Patient!.GivenName, m.Patient.FamilyName, m.Patient.Phone }).ToListAsync(token))
            {
                trail.Read(nameof(ListMessages), row.m.PatientId, row.m.Id);
                rows.Add(new Row(
                    row.m.Id, row.m.PatientId, $"{row.GivenName} {row.FamilyName}", row.Phone, row.m.AppointmentId, row.m.Kind, row.m.State, row.m.Problem, row.m.Attempts, row.m.WallStart,
                    await time.ToWallAsync(row.m.EndedUtc ?? row.m.NextAttemptUtc, token)));
            }

            return rows;
        }
    }
}
