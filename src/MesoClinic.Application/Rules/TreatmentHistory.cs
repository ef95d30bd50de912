using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>What the clinic itself has done for some patients: signed sessions, allergy tests, consultations, guardians' consents. Read at once for all of them.</summary>
internal sealed record TreatmentHistory(
    ILookup<Guid, TreatmentHistory.PastSession> Sessions, ILookup<Guid, TreatmentHistory.ReadTest> Tests, HashSet<Guid> Consulted, HashSet<Guid> GuardianConsents, Hemisphere Hemisphere)
{
    public sealed record PastSession(string? Indication, DateTime? EndedUtc, IReadOnlyList<string> Ingredients)
    {
        public DateOnly? EndedOn(TimeZoneInfo zone) => EndedUtc is { } ended ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(ended, zone)) : null;
    }

    /// <summary>The newest reading of an ingredient's tests: a reaction takes back what an earlier test allowed.</summary>
    public sealed record ReadTest(string Ingredient, bool Negative);

    public static async Task<TreatmentHistory> OfAsync(ClinicDbContext db, IReadOnlyList<Guid> patients, CancellationToken token)
    {
        var sessions = await db.Sessions.AsNoTracking()
            .Where(s => patients.Contains(s.PatientId) && s.SignedUtc != null)
            .Select(s => new { s.PatientId, s.Indication, s.EndedUtc, Products = s.Cocktail.Select(line => line.Lot!.Product!.Ingredients).ToList() })
            .ToListAsync(token);
        var tests = await db.AllergyTests.AsNoTracking().Where(t => patients.Contains(t.PatientId) && t.Negative != null)
            .Select(t => new { t.PatientId, t.Ingredient, t.ReadOn, t.Negative }).ToListAsync(token);
        var consulted = await db.Appointments
            .Where(a => patients.Contains(a.PatientId) && a.Kind == AppointmentKind.Consultation && a.State == AppointmentState.Done).Select(a => a.PatientId).Distinct().ToListAsync(token);
        var guardians = await db.Consents.Where(c => patients.Contains(c.PatientId) && c.SignedByGuardian && c.WithdrawnUtc == null).Select(c => c.PatientId).Distinct().ToListAsync(token);
        return new TreatmentHistory(
            sessions.ToLookup(s => s.PatientId, s => new PastSession(s.Indication, s.EndedUtc, [.. s.Products.SelectMany(product => product).Select(part => part.Ingredient)])),
            tests.GroupBy(t => (t.PatientId, t.Ingredient))
                .ToLookup(test => test.Key.PatientId, test => new ReadTest(test.Key.Ingredient, test.OrderByDescending(t => t.ReadOn).ThenBy(t => t.Negative).First().Negative!.Value)),
            [.. consulted],
            [.. guardians],
            await db.Clinics.AsNoTracking().Select(clinic => clinic.Hemisphere).SingleAsync(token));
    }
}
