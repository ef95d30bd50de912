using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>A consent as a page shows it. Times are on the clinic's wall clock.</summary>
public sealed record ConsentDocument
{
    public required Guid Id { get; init; }
    public required ConsentKind Kind { get; init; }
    public required Guid PatientId { get; init; }
    public required string PatientName { get; init; }

    /// <summary>Areas, technique and ingredients in one line; empty for photos.</summary>
    public required string About { get; init; }
    public required string Text { get; init; }
    public required string TemplateVersion { get; init; }
    public required string SignedName { get; init; }
    public string? Signature { get; init; }
    public bool ByGuardian { get; init; }
    public GuardianRelation? Relation { get; init; }
    public required DateTime SignedAt { get; init; }

    /// <summary>Null: signed at home.</summary>
    public string? Witness { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public DateTime? WithdrawnAt { get; init; }
    public string? WithdrawnReason { get; init; }

    /// <summary>What the patient's other standing consents of this kind are about: whoever takes this one back takes them back too.</summary>
    public IReadOnlyList<string> TakenBackToo { get; init; } = [];

    /// <summary>Signed by whoever may sign today, not expired, not withdrawn.</summary>
    public required bool Counts { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>Whether it is still what was signed; null for records older than the hash.</summary>
    public bool? HashHolds { get; init; }
}

/// <summary>Reads consents for the staff's and the patient's pages; access is the caller's to check.</summary>
public sealed class ConsentReader(ClinicDbContext db, ClinicTime time, RuleBook book)
{
    public async Task<List<ConsentDocument>> OfAsync(IQueryable<Consent> consents, CancellationToken token)
    {
        var zone = await time.ZoneAsync(token);
        var today = await time.TodayAsync(token);
        var found = await consents.AsNoTracking().OrderByDescending(c => c.SignedUtc)
            .Select(c => new
            {
                Consent = c,
                Patient = db.Patients.Single(p => p.Id == c.PatientId),
                Witness = db.Staff.Where(s => s.Id == c.WitnessId).Select(s => s.Name).FirstOrDefault(),
            }).ToListAsync(token);
        return found.ConvertAll(row => new ConsentDocument
        {
            Id = row.Consent.Id,
            Kind = row.Consent.Kind,
            PatientId = row.Consent.PatientId,
            PatientName = row.Patient.FullName,
            About = About(row.Consent),
            Text = row.Consent.Text,
            TemplateVersion = row.Consent.TemplateVersion,
            SignedName = row.Consent.SignedName,
            Signature = row.Consent.Signature,
            ByGuardian = row.Consent.SignedByGuardian,
            Relation = row.Consent.Relation,
            SignedAt = Wall(row.Consent.SignedUtc),
            Witness = row.Witness,
            ExpiresOn = row.Consent.ExpiresOn,
            WithdrawnAt = row.Consent.WithdrawnUtc is { } at ? Wall(at) : null,
            WithdrawnReason = row.Consent.WithdrawnReason,
            Counts = row.Consent.CountsOn(today) && row.Consent.SignedByGuardian == row.Patient.AgeOn(today) < MesoClinic.Rules.Facts.Ages.Adult,
            ContentHash = row.Consent.ContentHash,
            HashHolds = ConsentForms.Holds(row.Consent),
        });

        DateTime Wall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
    }

    /// <summary>One consent, with what falls with it when it is taken back.</summary>
    public async Task<ConsentDocument> OneAsync(Guid consentId, CancellationToken token)
    {
        var consent = await db.Consents.AsNoTracking().SingleAsync(c => c.Id == consentId, token);
        var others = consent.WithdrawnUtc is null ? await WithdrawConsent.Others(db, consent, await time.TodayAsync(token)).AsNoTracking().OrderBy(c => c.SignedUtc).ToListAsync(token) : [];
        return (await OfAsync(db.Consents.Where(c => c.Id == consentId), token))[0] with { TakenBackToo = others.ConvertAll(About) };
    }

    public string About(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return About(new ConsentSubject(consent.Kind, consent.Areas, consent.Technique, consent.Ingredients));
    }

    /// <summary>Ids that the tables no longer hold are shown as they are.</summary>
    public string About(ConsentSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return string.Join(" · ", new[]
        {
            string.Join(", ", subject.Areas.Select(id => book.Areas.TryGetValue(id, out var area) ? area.Title : id)),
            subject.Technique is { } technique ? book.TitleOf(technique) : "",
            string.Join(", ", subject.Ingredients.Select(id => book.Ingredients.TryGetValue(id, out var known) ? known.Title : id)),
        }.Where(part => part.Length > 0));
    }
}
