using System.Globalization;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Writes down, in words, what the running change does to a patient's facts. Called before it is saved, in the same transaction.</summary>
public sealed class ProfileHistory(ClinicDbContext db, CurrentUser user, ClinicTime time, RuleBook book)
{
    public void Note(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        db.ChangeTracker.DetectChanges();
        Lists<PatientCondition>(patient.Id, ProfilePart.Conditions, InWords);
        Lists<PatientMedication>(patient.Id, ProfilePart.Medications, InWords);
        Lists<PatientAllergy>(patient.Id, ProfilePart.Allergies, InWords);
        Lists<PatientProcedure>(patient.Id, ProfilePart.Procedures, InWords);
        Answers(patient);
        Person(patient);
    }

    private void Lists<T>(Guid patientId, ProfilePart part, Func<T, string> inWords)
        where T : class
    {
        foreach (var entry in db.ChangeTracker.Entries<T>().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList())
        {
            var before = entry.State == EntityState.Added ? null : inWords((T)entry.OriginalValues.ToObject());
            var after = entry.State == EntityState.Deleted ? null : inWords(entry.Entity);
            Add(patientId, part, before, after);
        }
    }

    /// <summary>Every answer stays on the record; what is a change is another answer to the same question.</summary>
    private void Answers(Patient patient)
    {
        var added = db.ChangeTracker.Entries<PatientAnswer>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToHashSet();
        foreach (var answer in added)
        {
            var before = patient.Answers.Where(earlier => earlier.Question == answer.Question && !added.Contains(earlier)).MaxBy(earlier => earlier.AskedUtc);
            if (before is not null && before.Value != answer.Value)
            {
                Add(patient.Id, ProfilePart.Answers, InWords(before), InWords(answer));
            }
        }
    }

    /// <summary>What rules read of the person: age, sex, phototype, weight.</summary>
    private void Person(Patient patient)
    {
        var entry = db.Entry(patient);
        if (entry.State != EntityState.Modified)
        {
            return;
        }

        Compare("Born", p => p.BirthDate.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
        Compare("Sex", p => p.Sex.ToString().ToLowerInvariant());
        Compare("Phototype", p => p.Fitzpatrick?.ToString(CultureInfo.InvariantCulture) ?? "not recorded");
        Compare("Weight", p => p.WeightKg is { } kg ? string.Create(CultureInfo.InvariantCulture, $"{kg:0.#} kg") : "not recorded");

        void Compare(string what, Func<Patient, string> read)
        {
            var original = (Patient)entry.OriginalValues.ToObject();
            Add(patient.Id, ProfilePart.Person, $"{what}: {read(original)}", $"{what}: {read(patient)}");
        }
    }

    private void Add(Guid patientId, ProfilePart part, string? before, string? after)
    {
        if (before != after)
        {
            db.ProfileChanges.Add(new ProfileChange { PatientId = patientId, Part = part, Before = Short(before), After = Short(after), ById = user.RequiredId, AtUtc = time.UtcNow });
        }
    }

    private string InWords(PatientCondition c) => $"{c.Icd10} {c.Title}, {c.Status.ToString().ToLowerInvariant()}{Areas(c.Areas)}";

    private static string InWords(PatientMedication m) => string.Concat(
        m.Name,
        m.Atc is null ? "" : $" ({m.Atc})",
        m.Started is { } since ? $", since {Day(since)}" : "",
        m.LastDoseKind switch { LastDoseKind.StillTaken => ", still taken", LastDoseKind.OnDate => $", last taken {(m.LastDoseOn is { } last ? Day(last) : "on an unknown day")}", _ => ", last dose unknown" },
        m.PrescriberConfirmedStop switch { true => ", end confirmed by the prescriber", false => ", end not confirmed by the prescriber", _ => "" });

    private string InWords(PatientAllergy a) => (book.Allergens.GetValueOrDefault(a.Allergen)?.Title ?? a.Allergen) + (a.Reaction is null ? "" : $": {a.Reaction}");

    private string InWords(PatientProcedure p) => $"{HealthProfiles.EventInWords(p.Kind, book.Knowledge)}, {Day(p.Date)}{Areas(p.Areas)}";

    private string InWords(PatientAnswer a) => $"{book.Questions.GetValueOrDefault(a.Question)?.Text ?? a.Question} {a.Value?.Replace('-', ' ') ?? "not known"} ({Day(a.AskedOn)})";

    private string Areas(List<string> areas) => areas.Count == 0 ? "" : $"; {HealthProfiles.AreasInWords(areas, book.Knowledge)}";

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string? Short(string? text) => text is { Length: > Limits.Text } ? text[..Limits.Text] : text;
}
