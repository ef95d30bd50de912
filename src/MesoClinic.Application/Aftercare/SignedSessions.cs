using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Aftercare;

/// <summary>What was done to a patient, as far as aftercare and triage read it.</summary>
internal static class SignedSessions
{
    /// <summary>The longest time for which any rule looks back.</summary>
    public static TimeSpan Window(KnowledgeBase knowledge) => TimeSpan.FromHours(knowledge.Aftercare.Max(row => row.ToHours));

    /// <summary>Signed sessions that ended since an instant, the newest first.</summary>
    public static async Task<IReadOnlyList<SignedSession>> SinceAsync(ClinicDbContext db, Guid patientId, DateTime sinceUtc, CancellationToken token) =>
        (await db.Sessions.AsNoTracking()
            .Where(s => s.PatientId == patientId && s.SignedUtc != null && s.EndedUtc >= sinceUtc)
            .OrderByDescending(s => s.EndedUtc)
            .Select(s => new
            {
                s.Id,
                s.EndedUtc,
                s.Technique,
                Areas = s.Areas.Select(area => area.Area).ToList(),
                Cocktail = s.Cocktail.Where(line => line.Mistake == null).Select(line => new { line.Ingredients, Catalogue = line.Lot!.Product!.Ingredients }).ToList(),
            })
            .ToListAsync(token))
        .ConvertAll(s => new SignedSession(
            s.Id, s.EndedUtc!.Value, s.Technique, s.Areas,
            [.. s.Cocktail.SelectMany(line => TreatmentHistory.Label(line.Ingredients, line.Catalogue)).Distinct(StringComparer.Ordinal)]));
}

internal sealed record SignedSession(Guid Id, DateTime EndedUtc, string? Technique, IReadOnlyList<string> Areas, IReadOnlyList<string> Ingredients)
{
    /// <summary>On the clinic's wall clock, so that days end when they end for the patient. A cocktail without a line was not recorded: it may have been anything.</summary>
    public TreatedSession Treated(TimeZoneInfo zone) => new(
        TimeZoneInfo.ConvertTime(new DateTimeOffset(EndedUtc), zone), Areas, Ingredients.Count == 0 ? null : Ingredients);
}
