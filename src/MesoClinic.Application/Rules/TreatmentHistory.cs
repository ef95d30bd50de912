using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
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
    // Compiled once: every booking, every start and every re-screening asks them.
    private static readonly PerModel<Func<ClinicDbContext, Guid[], IAsyncEnumerable<SessionRow>>> ReadSessions = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid[] patients) =>
        db.Sessions.AsNoTracking()
            // From the first injection on it is done to the patient, whether the record is signed or not.
            .Where(s => patients.Contains(s.PatientId) && s.StartedUtc != null)
            .Select(s => new SessionRow(s.PatientId, s.AppointmentId, s.Indication, s.EndedUtc ?? s.StartedUtc!.Value, s.AnaestheticCream == true,
                s.AnaestheticCream == true && (s.CreamLotId != null || !db.ReplacedTubes.Any(tube => tube.SessionId == s.Id && tube.AtUtc >= s.StartedUtc)), s.Cocktail.Where(line => line.Mistake == null).Select(line => new LabelRow(line.Ingredients, line.Lot!.Product!.Ingredients, line.EnteredUtc == null)).ToList(),
                // What an addendum names was in the skin like a line of the record; an addendum keeps no label, so the catalogue's counts.
                s.Addenda.Join(db.Lots, a => a.LotId, lot => (Guid?)lot.Id, (_, lot) => new LabelRow(lot.Product!.Ingredients, lot.Product!.Ingredients, false)).ToList()))));

    private static readonly PerModel<Func<ClinicDbContext, Guid[], DateTime, DateTime, IAsyncEnumerable<BookedRow>>> ReadBooked = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid[] patients, DateTime midnight, DateTime nowUtc) =>
        db.Appointments.AsNoTracking()
            .Where(a => patients.Contains(a.PatientId) && a.Kind == AppointmentKind.Session && a.WallStart >= midnight && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > nowUtc))
            .Where(Appointment.Stands)
            .Select(a => new BookedRow(a.PatientId, a.Id, a.WallStart))));

    private static readonly PerModel<Func<ClinicDbContext, Guid[], IAsyncEnumerable<AllergyTest>>> ReadTests = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid[] patients) =>
        db.AllergyTests.AsNoTracking().Where(t => patients.Contains(t.PatientId) && t.Negative != null)));

    private static readonly PerModel<Func<ClinicDbContext, Guid[], DateOnly, IAsyncEnumerable<SignRow>>> ReadSigns = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid[] patients, DateOnly today) =>
        db.Patients.Where(p => patients.Contains(p.Id)).Select(p => new SignRow(
            p.Id,
            db.Appointments.Any(a => a.PatientId == p.Id && a.Kind == AppointmentKind.Consultation && a.State == AppointmentState.Done),
            db.Consents.Any(c => c.PatientId == p.Id && c.Kind == ConsentKind.Treatment && c.SignedByGuardian && c.WithdrawnUtc == null && (c.ExpiresOn == null || c.ExpiresOn >= today)),
            db.Clinics.Single().Hemisphere))));

    /// <param name="AtUtc">End of the injections, or their start while the record is open.</param>
    /// <param name="Judged">Of the ingredients those that were judged before the needle. What was entered after it had been used shows nothing of how it is borne: it stays new to the patient until it is tested.</param>
    public sealed record PastSession(Guid AppointmentId, string? Indication, DateTime AtUtc, IReadOnlyList<string> Ingredients, IReadOnlyList<string> Judged)
    {
        public DateOnly Day(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(AtUtc, zone));
    }

    /// <summary>A session that is still to come and whose time is held.</summary>
    public sealed record BookedSession(Guid AppointmentId, DateOnly Day);

    /// <param name="today">The clinic's today: what was booked for an earlier day either took place, or did not.</param>
    public static async Task<TreatmentHistory> OfAsync(ClinicDbContext db, IReadOnlyList<Guid> patients, DateTime nowUtc, DateOnly today, CancellationToken token)
    {
        Guid[] ids = [.. patients];
        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var sessions = await ReadSessions.For(db)(db, ids).ToListAsync(token);
        var booked = await ReadBooked.For(db)(db, ids, midnight, nowUtc).ToListAsync(token);
        var tests = await ReadTests.For(db)(db, ids).ToListAsync(token);
        var signs = await ReadSigns.For(db)(db, ids, today).ToListAsync(token);
        return new TreatmentHistory(
            sessions.ToLookup(s => s.PatientId, s => new PastSession(s.AppointmentId, s.Indication, s.AtUtc, IngredientsOf(s.Cocktail.Concat(s.Named), s.WithCream), IngredientsOf(s.Cocktail.FindAll(line => line.IsJudged), s.IsCreamJudged))),
            booked.ToLookup(a => a.PatientId, a => new BookedSession(a.Id, DateOnly.FromDateTime(a.WallStart))),
            tests.GroupBy(t => (t.PatientId, t.Ingredient)).Select(Newest).ToLookup(t => t.PatientId),
            [.. signs.Where(sign => sign.IsConsulted).Select(sign => sign.Id)],
            [.. signs.Where(sign => sign.HasGuardianConsent).Select(sign => sign.Id)],
            signs.Count > 0 ? signs[0].Hemisphere : await db.Clinics.Select(clinic => clinic.Hemisphere).SingleAsync(token));
    }

    /// <summary>Ingredients of a product as the label read when it was injected; the catalogue of today only where the record has kept none.</summary>
    public static IEnumerable<string> Label(List<ProductIngredient> kept, List<ProductIngredient> catalogue) => (kept.Count > 0 ? kept : catalogue).Select(part => part.Ingredient);

    private static List<string> IngredientsOf(IEnumerable<LabelRow> lines, bool withCream) =>
        [.. lines.SelectMany(line => Label(line.Ingredients, line.Catalogue)), .. withCream ? [Session.CreamIngredient] : Array.Empty<string>()];

    /// <summary>The newest test decides; of two on one day, the one that showed a reaction.</summary>
    private static AllergyTest Newest(IEnumerable<AllergyTest> tests) => tests.OrderByDescending(t => t.AppliedOn).ThenBy(t => t.Negative).First();

    private sealed record SessionRow(Guid PatientId, Guid AppointmentId, string? Indication, DateTime AtUtc, bool WithCream, bool IsCreamJudged, List<LabelRow> Cocktail, List<LabelRow> Named);

    private sealed record LabelRow(List<ProductIngredient> Ingredients, List<ProductIngredient> Catalogue, bool IsJudged);

    private sealed record BookedRow(Guid PatientId, Guid Id, DateTime WallStart);

    private sealed record SignRow(Guid Id, bool IsConsulted, bool HasGuardianConsent, Hemisphere Hemisphere);
}
