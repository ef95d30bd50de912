using System.Text.Json;
using MesoClinic.Application.Booking;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>A consent ready to be read and signed.</summary>
/// <param name="Read">Fingerprint of the text; comes back with the signature, so that nobody signs another text than they read.</param>
/// <param name="IsMinor">A guardian signs.</param>
public sealed record ConsentForm(ConsentSubject Subject, string TemplateVersion, string Text, string Read, string PatientName, bool IsMinor, DateOnly? ExpiresOn);

/// <summary>Writes consents with the wording in force, for signing at the clinic and at home alike.</summary>
public sealed class ConsentForms(ClinicDbContext db, ClinicTime time, RuleBook book)
{
    public const string Changed = "The wording has changed meanwhile. Open the form again and read the new text before you sign.";

    /// <summary>The wording that is shown now: the clinic's newest, else the built-in one.</summary>
    public async Task<(string Version, string Text)> InForceAsync(ConsentKind kind, CancellationToken token) =>
        await db.ConsentTexts.AsNoTracking().Where(text => text.Kind == kind).OrderByDescending(text => text.Number).FirstOrDefaultAsync(token) is { } own
            ? (VersionOf(own), own.Text)
            : BuiltInConsentTexts.Of(kind);

    public static string VersionOf(ConsentText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"{text.Kind.ToString().ToLowerInvariant()}-clinic-{text.Number}";
    }

    public async Task<ConsentForm> WriteAsync(Patient patient, ConsentSubject subject, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(subject);
        var today = await time.TodayAsync(token);
        var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
        var isMinor = patient.AgeOn(today) < Ages.Adult;
        var wording = await InForceAsync(subject.Kind, token);
        (string Version, string Text)? guardian = isMinor ? await InForceAsync(ConsentKind.Guardian, token) : null;
        DateOnly? expires = subject.Kind == ConsentKind.Photos ? null : today.AddMonths(clinic.ConsentMonths);
        var facts = new ConsentFacts(patient.FullName, patient.BirthDate, clinic.Name, clinic.Phone, clinic.EmergencyNumber, expires);
        var text = ConsentWording.Write(book, wording.Text, guardian?.Text, subject, facts);
        return new ConsentForm(subject, guardian is { } added ? $"{wording.Version}, {added.Version}" : wording.Version, text, ContentHash.Hex(text), patient.FullName, isMinor, expires);
    }

    /// <summary>Nobody can agree to something that is not said. What does not belong to the kind is left out.</summary>
    public static (ConsentSubject? Subject, Failure.Invalid? Problem) Check(RuleBook book, ConsentKind kind, IReadOnlyList<string> areas, string? technique, IReadOnlyList<string> ingredients)
    {
        ArgumentNullException.ThrowIfNull(book);
        Failure.Invalid? problem = kind switch
        {
            ConsentKind.Treatment =>
                areas.Count == 0 || !areas.All(book.Areas.ContainsKey) ? new("Areas", "Choose the areas first: the consent names them.")
                : technique is null || !BookingChoices.IsTechnique(book.Knowledge, technique) ? new("Technique", "Choose the technique first: the consent names it.")
                : ingredients.Count == 0 || !ingredients.All(book.Ingredients.ContainsKey) ? new("Ingredients", "Choose the cocktail first: the consent names its ingredients.")
                : null,
            ConsentKind.Anaesthetic => ConsentWording.Anaesthetics(book, ingredients).Count == 0 ? new("Ingredients", "Choose the anaesthetic first: the consent names it.") : null,
            ConsentKind.Photos => null,
            _ => new("Kind", "Choose what is consented to."),
        };
        return problem is not null ? (null, problem) : kind switch
        {
            ConsentKind.Treatment => (new(kind, Distinct(areas), technique, Distinct(ingredients)), null),
            ConsentKind.Anaesthetic => (new(kind, [], null, Distinct(ConsentWording.Anaesthetics(book, ingredients))), null),
            _ => (new(kind, [], null, []), null),
        };
    }

    /// <summary>The fingerprint of what was signed and how; a withdrawal does not change it.</summary>
    public static string HashOf(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return ContentHash.Hex(JsonSerializer.Serialize(new object?[]
        {
            "consent/1", consent.Id, consent.Kind.ToString(), consent.PatientId, consent.AppointmentId, consent.TemplateVersion, consent.Text, consent.Areas, consent.Technique, consent.Ingredients,
            consent.SignedName, consent.Signature, consent.SignedByGuardian, consent.Relation?.ToString(), consent.SignedUtc.Ticks, consent.SignerId, consent.WitnessId, consent.ExpiresOn?.DayNumber,
        }));
    }

    /// <summary>Whether it still is what was signed; null in records older than the hash.</summary>
    public static bool? Holds(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return consent.ContentHash.Length == 0 ? null : HashOf(consent) == consent.ContentHash;
    }

    private static List<string> Distinct(IEnumerable<string> ids) => [.. ids.Distinct(StringComparer.Ordinal)];
}
