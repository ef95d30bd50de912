using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;
using Complication = MesoClinic.Domain.Complications.Complication;

namespace MesoClinic.Application.Complications;

/// <summary>One entry of the log, with what was done in the session before it.</summary>
public static class GetComplication
{
    [Requires(Permission.ReadComplications)]
    public sealed record Query(Guid Id) : IQuery<View>;

    /// <param name="Onset">On the clinic's wall clock, like all times here.</param>
    /// <param name="Candidates">What it may be, from the triage; the first choices of a diagnosis.</param>
    public sealed record View(
        Guid Id, Guid PatientId, string Patient, int Age, string? Phone, string What, string Symptom, string Where, DateTime Onset, decimal? HoursAfterSession, DateTime Reported, string ReportedBy, bool ByPatient,
        TriageLevel Level, IReadOnlyList<string> Advice, IReadOnlyList<Told> Told, string Words, IReadOnlyList<Choice> Candidates, IReadOnlyList<Choice> Diagnoses, IReadOnlyList<Choice> Causes, IReadOnlyList<Choice> Grades,
        string? Diagnosis, int? Grade, string? GradeWord, string? Cause, ComplicationState State, string? Outcome, DateTime? Closed, DateTime? Seen, string? SeenBy, bool NeedsCall, SessionBefore? Session,
        IReadOnlyList<Contact> Contacts, Guid Version);

    public sealed record Choice(string Id, string Title);

    /// <param name="Cocktail">Product and lot of each line.</param>
    public sealed record SessionBefore(Guid Id, DateTime Ended, int Number, string Practitioner, string Room, string? Technique, IReadOnlyList<string> Cocktail);

    public sealed record Contact(Guid Id, string Title, string Purpose, DateTime Due, bool IsDue, DateTime? Done, string? DoneBy, string? Note);

    internal sealed class Handler(ClinicDbContext db, ComplicationAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            if (await access.FindAsync(query.Id, nameof(GetComplication), token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == entry.PatientId, token);
            var people = entry.FollowUps.Select(contact => contact.DoneById).Append(entry.SeenById).Append(entry.ReportedById).OfType<Guid>().ToHashSet();
            var names = await db.Staff.AsNoTracking().Where(member => people.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name, token);
            var zone = await time.ZoneAsync(token);
            var knowledge = book.Knowledge;
            return new View(
                entry.Id, patient.Id, patient.FullName, patient.AgeOn(await time.TodayAsync(token)), patient.Phone,
                ComplicationWords.What(book, entry.Symptom, entry.Diagnosis), ComplicationWords.Symptom(book, entry.Symptom),
                string.Join(", ", entry.Areas.Select(area => ComplicationWords.Area(book, area))),
                Wall(entry.OnsetUtc), entry.Report.OnsetHours, Wall(entry.ReportedUtc), names.GetValueOrDefault(entry.ReportedById, patient.FullName), entry.ReportedByPatient,
                entry.Level, entry.AdviceShown, ToldOf(entry), entry.Words,
                [.. entry.Candidates.Select(id => new Choice(id, ComplicationWords.Complication(book, id)))],
                [.. knowledge.Complications.Select(row => new Choice(row.Id, row.Title)).OrderBy(choice => choice.Title, StringComparer.Ordinal)],
                [.. knowledge.Causes.Select(row => new Choice(row.Id, row.Title))],
                [.. knowledge.Grades.Select(row => new Choice(row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{row.Number}, {row.Meaning}"))],
                entry.Diagnosis, entry.Grade, entry.Grade is { } grade ? ComplicationWords.Grade(book, grade) : null, entry.Cause,
                entry.State, entry.Outcome, entry.ClosedUtc is { } closed ? Wall(closed) : null, entry.SeenByStaffUtc is { } seen ? Wall(seen) : null,
                entry.SeenById is { } by ? names.GetValueOrDefault(by) : null, entry.NeedsCall,
                await SessionAsync(entry.SessionId, zone, token),
                [
                    .. entry.FollowUps.OrderBy(contact => contact.DueUtc).Select(contact => new Contact(
                        contact.Id, ComplicationWords.FollowUp(book, contact.Kind), knowledge.FollowUps.FirstOrDefault(row => row.Id == contact.Kind)?.Purpose ?? "", Wall(contact.DueUtc),
                        contact.DoneUtc is null && contact.DueUtc <= time.UtcNow, contact.DoneUtc is { } done ? Wall(done) : null, contact.DoneById is { } doer ? names.GetValueOrDefault(doer) : null, contact.Note)),
                ],
                entry.Version);

            DateTime Wall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        }

        private IReadOnlyList<Told> ToldOf(Complication entry)
        {
            var told = ComplicationWords.Modifiers(book, entry.Report.Modifiers);
            return entry.Report.Severity is { } severity ? [new Told("How bad", severity.ToString()), .. told] : told;
        }

        private async Task<SessionBefore?> SessionAsync(Guid? sessionId, TimeZoneInfo zone, CancellationToken token)
        {
            var session = await db.Sessions.AsNoTracking()
                .Where(s => s.Id == sessionId)
                .Select(s => new
                {
                    s.Id,
                    s.EndedUtc,
                    s.Number,
                    s.Technique,
                    Practitioner = s.Practitioner!.Name,
                    Room = s.Appointment!.Room!.Name,
                    Cocktail = s.Cocktail.OrderBy(line => line.Position).Select(line => line.Lot!.Product!.Name + " " + line.Lot.Number + (line.Mistake == null ? "" : " (entered by mistake)")).ToList(),
                })
                .SingleOrDefaultAsync(token);
            return session is null
                ? null
                : new SessionBefore(
                    session.Id, TimeZoneInfo.ConvertTimeFromUtc(session.EndedUtc!.Value, zone), session.Number, session.Practitioner, session.Room,
                    session.Technique is not null && book.Techniques.TryGetValue(session.Technique, out var technique) ? technique.Title : session.Technique, session.Cocktail);
        }
    }
}
