using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Who may sign what at home: adults for themselves, a guardian for a minor; and a treatment only after it was explained.</summary>
public sealed class MySignature(ClinicDbContext db, CurrentUser user, ClinicTime time, SessionReview review, RuleBook book)
{
    /// <param name="Name">The name that signs; null when this person signs nothing for this patient.</param>
    /// <param name="WhyNot">In words for the patient's page.</param>
    public sealed record Signer(Patient Patient, string? Name, bool IsGuardian, string? WhyNot);

    /// <summary>A consent that an appointment still lacks; photos belong to none.</summary>
    public sealed record Lacking(ConsentSubject Subject, Guid? AppointmentId, DateTime? Start);

    public async Task<Signer> WhoAsync(Guid patientId, CancellationToken token)
    {
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patientId, token);
        var isMinor = patient.AgeOn(await time.TodayAsync(token)) < Ages.Adult;
        var relation = await db.PatientAccounts.Where(link => link.PatientId == patientId && link.UserId == user.RequiredId).Select(link => link.Relation).SingleAsync(token);
        return (relation, isMinor) switch
        {
            (PatientRelation.Self, false) => new Signer(patient, patient.FullName, false, null),
            (PatientRelation.Guardian, true) => new Signer(patient, await db.Users.Where(u => u.Id == user.RequiredId).Select(u => u.DisplayName).SingleAsync(token), true, null),
            (_, true) => new Signer(patient, null, false, "Until the eighteenth birthday a guardian signs, on their own sign-in or at the clinic."),
            _ => new Signer(patient, null, false, "An adult signs in person. You can read what is signed, but not sign for somebody else."),
        };
    }

    /// <summary>A consent follows its explanation: nobody confirms at home what nobody told them.</summary>
    public async Task<bool> WasExplainedAsync(Guid patientId, CancellationToken token) =>
        await db.Appointments.AnyAsync(a => a.PatientId == patientId && a.Kind == AppointmentKind.Consultation && a.State == AppointmentState.Done, token)
        || await db.Sessions.AnyAsync(s => s.PatientId == patientId && s.StartedUtc != null, token);

    /// <summary>What the coming appointments still lack, soonest first, then photos.</summary>
    public async Task<List<Lacking>> LackingAsync(Patient patient, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var coming = await db.Appointments.AsNoTracking().Where(a => a.PatientId == patient.Id).Where(Appointment.ComingTreatment(time.UtcNow)).OrderBy(a => a.StartUtc).ToListAsync(token);
        var valid = await review.ValidConsentsAsync(patient, token);
        var found = new List<Lacking>();
        foreach (var appointment in coming.Where(a => a.Plan is not null))
        {
            foreach (var subject in Subjects(appointment).Where(subject => !valid.Exists(c => c.Kind == subject.Kind && c.Covers(subject.Areas, subject.Technique, subject.Ingredients))
                && !found.Exists(other => Same(other.Subject, subject))))
            {
                found.Add(new Lacking(subject, appointment.Id, appointment.WallStart));
            }
        }

        if (!valid.Exists(c => c.Kind == ConsentKind.Photos))
        {
            found.Add(new Lacking(new ConsentSubject(ConsentKind.Photos, [], null, []), null, null));
        }

        return found;
    }

    private IEnumerable<ConsentSubject> Subjects(Appointment appointment) =>
        new[] { ConsentKind.Treatment, ConsentKind.Anaesthetic }
            .Select(kind => ConsentForms.Check(book, kind, appointment.Plan!.Areas, appointment.Plan.Technique, appointment.Plan.Ingredients).Subject).OfType<ConsentSubject>();

    private static bool Same(ConsentSubject a, ConsentSubject b) =>
        a.Kind == b.Kind && a.Technique == b.Technique && a.Areas.ToHashSet(StringComparer.Ordinal).SetEquals(b.Areas) && a.Ingredients.ToHashSet(StringComparer.Ordinal).SetEquals(b.Ingredients);
}
