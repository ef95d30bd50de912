using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>What the clinic itself has done or will do for some patients: sessions, allergy tests, consultations, guardians' consents. Read at once for all of them.</summary>
internal sealed record TreatmentHistory(
    ILookup<Guid, TreatmentHistory.PastSession> Sessions,
    ILookup<Guid, TreatmentHistory.BookedSession> Booked,
    ILookup<Guid, AllergyTest> NewestTests,
    HashSet<Guid> Consulted,
    HashSet<Guid> GuardianConsents,
    Hemisphere Hemisphere)
{
    /// <param name="AtUtc">End of the injections, or their start while the record is open.</param>
    public sealed record PastSession(Guid AppointmentId, string? Indication, DateTime AtUtc, IReadOnlyList<string> Ingredients)
    {
        public DateOnly Day(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(AtUtc, zone));
    }

    /// <summary>A session that is still to come and whose time is held.</summary>
    public sealed record BookedSession(Guid AppointmentId, DateOnly Day);

    /// <param name="today">The clinic's today: what was booked for an earlier day either took place, or did not.</param>
    public static async Task<TreatmentHistory> OfAsync(ClinicDbContext db, IReadOnlyList<Guid> patients, DateTime nowUtc, DateOnly today, CancellationToken token)
    {
        // From the first injection on it is done to the patient, whether the record is signed or not.
        var sessions = await db.Sessions.AsNoTracking()
            .Where(s => patients.Contains(s.PatientId) && s.StartedUtc != null)
            .Select(s => new { s.PatientId, s.AppointmentId, s.Indication, AtUtc = s.EndedUtc ?? s.StartedUtc!.Value, Cocktail = s.Cocktail.Select(line => new { line.Ingredients, Catalogue = line.Lot!.Product!.Ingredients }).ToList() })
            .ToListAsync(token);
        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var booked = await db.Appointments.AsNoTracking()
            .Where(a => patients.Contains(a.PatientId) && a.Kind == AppointmentKind.Session && a.WallStart >= midnight && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > nowUtc))
            .Where(Appointment.Stands)
            .Select(a => new { a.PatientId, a.Id, a.WallStart }).ToListAsync(token);
        var tests = await db.AllergyTests.AsNoTracking().Where(t => patients.Contains(t.PatientId) && t.Negative != null).ToListAsync(token);
        var consulted = await db.Appointments
            .Where(a => patients.Contains(a.PatientId) && a.Kind == AppointmentKind.Consultation && a.State == AppointmentState.Done).Select(a => a.PatientId).Distinct().ToListAsync(token);
        var guardians = await db.Consents.Where(c => patients.Contains(c.PatientId) && c.SignedByGuardian && c.WithdrawnUtc == null).Select(c => c.PatientId).Distinct().ToListAsync(token);
        return new TreatmentHistory(
            sessions.ToLookup(s => s.PatientId, s => new PastSession(s.AppointmentId, s.Indication, s.AtUtc, [.. s.Cocktail.SelectMany(line => Label(line.Ingredients, line.Catalogue))])),
            booked.ToLookup(a => a.PatientId, a => new BookedSession(a.Id, DateOnly.FromDateTime(a.WallStart))),
            tests.GroupBy(t => (t.PatientId, t.Ingredient)).Select(Newest).ToLookup(t => t.PatientId),
            [.. consulted],
            [.. guardians],
            await db.Clinics.AsNoTracking().Select(clinic => clinic.Hemisphere).SingleAsync(token));
    }

    /// <summary>Ingredients of a product as the label read when it was injected; the catalogue of today only where the record has kept none.</summary>
    public static IEnumerable<string> Label(List<ProductIngredient> kept, List<ProductIngredient> catalogue) => (kept.Count > 0 ? kept : catalogue).Select(part => part.Ingredient);

    /// <summary>The newest test decides; of two on one day, the one that showed a reaction.</summary>
    private static AllergyTest Newest(IEnumerable<AllergyTest> tests) => tests.OrderByDescending(t => t.AppliedOn).ThenBy(t => t.Negative).First();
}
