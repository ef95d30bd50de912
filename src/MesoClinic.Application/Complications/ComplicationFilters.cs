using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>Which entries of the log are asked for.</summary>
internal static class ComplicationFilters
{
    public static IQueryable<Complication> Matching(IQueryable<Complication> entries, ListComplications.Query query, ClinicDbContext db, RuleBook book)
    {
        if (query.Level is { } level)
        {
            entries = entries.Where(c => c.Level == level);
        }

        if (query.Grade is { } grade)
        {
            entries = entries.Where(c => c.Grade == grade);
        }

        if (!string.IsNullOrEmpty(query.Cause))
        {
            entries = entries.Where(c => c.Cause == query.Cause);
        }

        return string.IsNullOrWhiteSpace(query.Text) ? entries : WithText(entries, query.Text.Trim(), db, book);
    }

    /// <summary>Open: somebody has to act. Due: not closed, and a contact whose time has come.</summary>
    public static IQueryable<Complication> Showing(IQueryable<Complication> entries, ListComplications.Filter filter, DateTime nowUtc) => filter switch
    {
        ListComplications.Filter.Open => entries.Where(c => c.State == ComplicationState.Open),
        ListComplications.Filter.FollowUpDue => entries.Where(c => c.State != ComplicationState.Closed && c.FollowUps.Any(contact => contact.DoneUtc == null && contact.DueUtc <= nowUtc)),
        ListComplications.Filter.Closed => entries.Where(c => c.State == ComplicationState.Closed),
        _ => entries,
    };

    /// <summary>The contact that is due next; of a closed case none is.</summary>
    public static ListComplications.NextContact? NextContact(Complication entry, DateTime nowUtc, TimeZoneInfo zone, RuleBook book)
    {
        if (entry.State == ComplicationState.Closed || entry.FollowUps.Where(contact => contact.DoneUtc is null).MinBy(contact => contact.DueUtc) is not { } next)
        {
            return null;
        }

        var due = TimeZoneInfo.ConvertTimeFromUtc(next.DueUtc, zone);
        var days = (TimeZoneInfo.ConvertTimeFromUtc(nowUtc, zone).Date - due.Date).Days;
        return new ListComplications.NextContact(ComplicationWords.FollowUp(book, next.Kind), due, next.DueUtc <= nowUtc ? days : null);
    }

    private static IQueryable<Complication> WithText(IQueryable<Complication> entries, string text, ClinicDbContext db, RuleBook book)
    {

        // Signs alone are no name: they would match everybody.
        var people = text.Any(char.IsLetterOrDigit) ? db.Patients.Matching(text) : db.Patients.Where(_ => false);
        var pattern = $"{Escaped(text)}%";
        var symptoms = book.Knowledge.Vocabulary.Symptoms.Where(row => row.Title.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(row => row.Id).ToList();
        var diagnoses = book.Knowledge.Complications.Where(row => row.Title.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(row => row.Id).ToList();
        return entries.Where(c =>
            people.Any(patient => patient.Id == c.PatientId)
            || symptoms.Contains(c.Symptom)
            || (c.Diagnosis != null && diagnoses.Contains(c.Diagnosis))
            || db.CocktailLines.Any(line => line.SessionId == c.SessionId && EF.Functions.Like(line.Lot!.Number, pattern, "\\")));
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
