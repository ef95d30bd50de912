using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// From a lot to everybody who received of it: name, telephone, what, when and by whom, and how far the recall has come with each. While the lot is not recalled nobody is to be called: then only
/// those are named whose chart this person may read. Every patient shown is written into the audit trail.
/// </summary>
public static class GetRecall
{
    public const int PageSize = 50;

    /// <summary>How the printed list stands in the audit trail.</summary>
    public const string SheetAction = "PrintRecall";

    [Requires(Permission.HandleRecalls)]
    public sealed class Query : IQuery<View>
    {
        public Guid LotId { get; set; }
        public Reached Show { get; set; }

        /// <summary>Counted from 1.</summary>
        public int PageNumber { get; set; } = 1;

        /// <summary>To be printed: everybody who has not acknowledged yet, on one page.</summary>
        public bool Sheet { get; set; }
    }

    public enum Reached
    {
        All,
        ToReach,
        NotReached,
        Reached,
        Acknowledged,
    }

    /// <param name="Recall">The recall that stands; null = the lot is not recalled, and nobody is to be called.</param>
    /// <param name="Counts">Patients by state; All is everybody.</param>
    /// <param name="Total">How many there are to show, on all pages.</param>
    public sealed record View(ListLots.LotRow Lot, DateTime? RecalledAt, IReadOnlyDictionary<Reached, int> Counts, IReadOnlyList<PatientRow> Patients, int Total);

    /// <param name="Way">How it was tried last; null while nobody did, or when that was taken back.</param>
    /// <param name="By">Who wrote the last row, and when; null while there is none.</param>
    public sealed record PatientRow(Guid PatientId, string Name, string? Phone, string? Email, Reached State, IReadOnlyList<DoseRow> Doses, ContactWay? Way, string? By, DateTime? At, int Attempts);

    /// <param name="VolumeMl">Null where the record gives none.</param>
    public sealed record DoseRow(DateOnly On, RecallReach.How How, decimal? VolumeMl, string By, Guid? SessionId);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.PageNumber).InclusiveBetween(1, 100_000).WithMessage("There is no such page.");
            RuleFor(q => q.Show).IsInEnum().WithMessage("Choose one of the lists.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, RecallReach reach, PatientAccess access, ClinicTime time, AuditTrail trail) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            if (await db.Lots.AsNoTracking().Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == query.LotId, token) is not { } lot)
            {
                return new Failure.NotFound();
            }

            var recall = await db.LotRecalls.AsNoTracking().SingleOrDefaultAsync(r => r.LotId == lot.Id && r.LiftedUtc == null, token);
            var contacts = recall is null ? [] : await db.RecallContacts.AsNoTracking().Where(c => c.RecallId == recall.Id).ToListAsync(token);
            var newest = RecallReach.Newest(contacts);
            var patients = (await reach.OfAsync(lot.Id, token)).GroupBy(d => d.PatientId).Select(group => (Id: group.Key, Last: group.Max(d => d.AtUtc), State: StateOf(newest.GetValueOrDefault(group.Key)))).ToList();
            var counts = Enum.GetValues<Reached>().ToDictionary(state => state, state => patients.Count(p => state == Reached.All || p.State == state));

            // Whom nobody has told stands on top, whoever was treated last first.
            var readable = recall is null && !query.Sheet ? await access.ReadableChartsAsync(patients.ConvertAll(p => p.Id), token) : [];
            var listed = patients.Where(p => recall is null ? readable.Contains(p.Id) : query.Sheet ? p.State != Reached.Acknowledged : query.Show == Reached.All || p.State == query.Show)
                .OrderBy(p => p.State).ThenByDescending(p => p.Last).ThenBy(p => p.Id).Select(p => (p.Id, p.State)).ToList();
            var rows = await RowsAsync(lot.Id, query.Sheet ? listed : [.. listed.Skip((query.PageNumber - 1) * PageSize).Take(PageSize)], newest, contacts, token);
            trail.Concerns(null, lot.Id);
            trail.Listed(query.Sheet ? SheetAction : nameof(GetRecall), rows.Select(row => row.PatientId));
            return new View(
                ListLots.LotRow.Of(lot, lot.Product!.Name, lot.Product.Manufacturer, await time.TodayAsync(token), ListLots.SoonDays),
                recall is null ? null : await time.ToWallAsync(recall.RecalledUtc, token), counts, rows, listed.Count);
        }

        private static Reached StateOf(RecallContact? contact) => contact?.Outcome switch
        {
            null => Reached.ToReach,
            RecallOutcome.EnteredByMistake => Reached.ToReach,
            RecallOutcome.NotReached => Reached.NotReached,
            RecallOutcome.Reached => Reached.Reached,
            _ => Reached.Acknowledged,
        };

        private async Task<List<PatientRow>> RowsAsync(
            Guid lotId, List<(Guid Id, Reached State)> shown, Dictionary<Guid, RecallContact> newest, List<RecallContact> contacts, CancellationToken token)
        {
            var ids = shown.ConvertAll(p => p.Id);
            var doses = (await reach.DosesAsync(lotId, ids, token)).ToLookup(d => d.PatientId);
            var people = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.GivenName, p.FamilyName, p.Phone, p.Email }).ToDictionaryAsync(p => p.Id, token);
            var staff = await db.Staff.AsNoTracking().Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, token);
            var zone = await time.ZoneAsync(token);
            return shown.ConvertAll(patient =>
            {
                var (person, last) = (people[patient.Id], newest.GetValueOrDefault(patient.Id));
                return new PatientRow(
                    patient.Id, $"{person.GivenName} {person.FamilyName}", person.Phone, person.Email, patient.State,
                    [.. doses[patient.Id].Select(d => new DoseRow(d.On ?? DateOnly.FromDateTime(Wall(d.AtUtc!.Value)), d.How, d.VolumeMl, staff[d.ById], d.SessionId)).OrderByDescending(d => d.On)],
                    last?.Outcome == RecallOutcome.EnteredByMistake ? null : last?.Way, last is null ? null : staff[last.ById], last is null ? null : Wall(last.AtUtc), contacts.Where(c => c.PatientId == patient.Id).Sum(c => c.Outcome == RecallOutcome.EnteredByMistake ? -1 : 1));
            });

            DateTime Wall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
        }
    }
}
