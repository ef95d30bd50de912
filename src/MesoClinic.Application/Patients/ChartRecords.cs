using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <param name="Day">On the clinic's calendar.</param>
/// <param name="SignedAt">On the clinic's wall clock; null = not signed.</param>
public sealed record ChartSession(
    Guid Id, DateOnly Day, int Number, string Indication, string Areas, string Technique, int? Points, decimal VolumeMl, string Practitioner, DateTime? SignedAt, bool IsAborted, IReadOnlyList<ChartCocktailLine> Cocktail);

/// <param name="IsMistake">Entered by mistake: nothing of it was injected.</param>
public sealed record ChartCocktailLine(string Product, string Lot, decimal VolumeMl, bool IsMistake);

public sealed record ChartComplication(Guid Id, DateOnly Day, string Title, int? Grade, ComplicationState State, DateOnly? ClosedOn, string? Outcome, bool ByPatient);

public sealed record ChartAllergyTest(Guid Id, string Ingredient, DateOnly AppliedOn, DateOnly? ReadOn, bool? Negative);

/// <summary>What has happened to a patient, in words and on the clinic's calendar; the newest first.</summary>
internal sealed class ChartRecords(ClinicDbContext db, ClinicTime time, KnowledgeBase knowledge)
{
    public async Task<IReadOnlyList<ChartSession>> SessionsAsync(Guid patientId, CancellationToken token)
    {
        var rows = await db.Sessions.AsNoTracking()
            .Where(s => s.PatientId == patientId)
            .OrderByDescending(s => s.OpenedUtc)
            .Take(100)
            .Select(s => new
            {
                s.Id, s.OpenedUtc, s.EndedUtc, s.SignedUtc, s.AbortedUtc, s.Number, s.Indication, s.Technique, s.Points,
                Practitioner = s.Practitioner!.Name,
                Areas = s.Areas.Select(a => a.Area).ToList(),
                Lines = s.Cocktail.OrderBy(line => line.Position).Select(line => new ChartCocktailLine(line.Lot!.Product!.Name, line.Lot.Number, line.VolumeMl, line.Mistake != null)).ToList(),
            })
            .AsSplitQuery()
            .ToListAsync(token);
        var sessions = new List<ChartSession>();
        foreach (var row in rows)
        {
            sessions.Add(new ChartSession(
                row.Id, await DayAsync(row.EndedUtc ?? row.OpenedUtc, token), row.Number,
                knowledge.Indications.FirstOrDefault(i => i.Id == row.Indication)?.Title ?? row.Indication ?? "",
                HealthProfiles.AreasInWords(row.Areas, knowledge),
                knowledge.Techniques.FirstOrDefault(t => t.Id == row.Technique)?.Title ?? row.Technique ?? "",
                row.Points, row.Lines.Where(line => !line.IsMistake).Sum(line => line.VolumeMl), row.Practitioner,
                row.SignedUtc is { } signed ? await time.ToWallAsync(signed, token) : null, row.AbortedUtc is not null, row.Lines));
        }

        return sessions;
    }

    public async Task<IReadOnlyList<ChartComplication>> ComplicationsAsync(Guid patientId, CancellationToken token)
    {
        var rows = await db.Complications.AsNoTracking()
            .Where(c => c.PatientId == patientId)
            .OrderByDescending(c => c.ReportedUtc)
            .Take(100)
            .Select(c => new { c.Id, c.ReportedUtc, c.Symptom, c.Diagnosis, c.Grade, c.State, c.ClosedUtc, c.Outcome, c.ReportedByPatient })
            .ToListAsync(token);
        var complications = new List<ChartComplication>();
        foreach (var row in rows)
        {
            var title = knowledge.Complications.FirstOrDefault(c => c.Id == row.Diagnosis)?.Title
                ?? knowledge.Vocabulary.Symptoms.FirstOrDefault(s => s.Id == row.Symptom)?.Title ?? row.Symptom;
            complications.Add(new ChartComplication(
                row.Id, await DayAsync(row.ReportedUtc, token), title, row.Grade, row.State, row.ClosedUtc is { } closed ? await DayAsync(closed, token) : null, row.Outcome, row.ReportedByPatient));
        }

        return complications;
    }

    public async Task<IReadOnlyList<ChartAllergyTest>> AllergyTestsAsync(Guid patientId, CancellationToken token) =>
        (await db.AllergyTests.AsNoTracking().Where(t => t.PatientId == patientId).OrderByDescending(t => t.AppliedOn).Take(100).ToListAsync(token))
        .ConvertAll(t => new ChartAllergyTest(t.Id, knowledge.Ingredients.FirstOrDefault(i => i.Id == t.Ingredient)?.Title ?? t.Ingredient, t.AppliedOn, t.ReadOn, t.Negative));

    private async Task<DateOnly> DayAsync(DateTime utc, CancellationToken token) => DateOnly.FromDateTime(await time.ToWallAsync(utc, token));
}
