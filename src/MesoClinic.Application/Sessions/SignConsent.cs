using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient, or a guardian for a minor, signs at the clinic, by finger, mouse or typed name; whoever is signed in is the witness. The text is kept as it was read.</summary>
public static class SignConsent
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>, ISignature
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public ConsentKind Kind { get; set; }
        public Guid? AppointmentId { get; set; }
        public Guid? PatientId { get; set; }
        public List<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public List<string> Ingredients { get; set; } = [];

        /// <summary>Fingerprint of the text that was read.</summary>
        public string Read { get; set; } = "";
        public string? SignedName { get; set; } = "";
        public string? Signature { get; set; }
        public bool ByGuardian { get; set; }
        public GuardianRelation? Relation { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.SignatureRules();

            // An adult who draws is known; a guardian is known by name only.
            RuleFor(c => c.SignedName).Must(name => !string.IsNullOrWhiteSpace(name)).When(c => string.IsNullOrEmpty(c.Signature) || c.ByGuardian)
                .WithMessage(c => c.ByGuardian ? "Type the guardian's full name." : "Sign in the field, or type the full name.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, ConsentForms forms, ReassessFuture reassess, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var appointment = command.AppointmentId is { } asked ? await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == asked, token) : null;
            var patientId = command.AppointmentId is null ? command.PatientId : appointment?.PatientId;
            if (patientId is not { } id)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(id, "Consent form", token, appointment?.Id) is { } refusal)
            {
                return refusal;
            }

            if (command.Kind != ConsentKind.Photos && appointment is not { State: AppointmentState.Booked or AppointmentState.Arrived or AppointmentState.CheckedIn or AppointmentState.InSession })
            {
                return new Failure.Conflict("This appointment is over; a consent belongs to one that is still to come.");
            }

            var (subject, incomplete) = ConsentForms.Check(book, command.Kind, command.Areas, command.Technique, command.Ingredients);
            if (subject is null)
            {
                return incomplete!;
            }

            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == id, token);
            var form = await forms.WriteAsync(patient, subject, token);
            if (form.Read != command.Read)
            {
                return new Failure.Conflict(ConsentForms.Changed);
            }

            if (await WrongNameAsync(command, patient, form.IsMinor, token) is { } problem)
            {
                return problem;
            }

            var consent = Signed.From(form, patient, command, appointment?.Id, time.UtcNow, string.IsNullOrWhiteSpace(command.SignedName) ? patient.FullName : command.SignedName.Trim(), witness: user.RequiredId);
            db.Consents.Add(consent);
            await db.SaveChangesAsync(token);
            trail.Concerns(patient.Id, consent.Id);
            trail.Sealed(consent.ContentHash);
            if (form.IsMinor && subject.Kind == ConsentKind.Treatment)
            {
                await reassess.OfAsync(patient.Id, token);
            }

            return consent.Id;
        }

        private async Task<Failure?> WrongNameAsync(Command command, Patient patient, bool isMinor, CancellationToken token)
        {
            if (command.ByGuardian != isMinor)
            {
                return new Failure.Invalid(nameof(Command.ByGuardian), isMinor ? "The patient is a minor: a guardian signs." : "The patient is of age and signs in person.");
            }

            if (!isMinor)
            {
                return string.IsNullOrWhiteSpace(command.SignedName) || SignedNames.AreSame(command.SignedName, patient.FullName)
                    ? null
                    : new Failure.Invalid(nameof(Command.SignedName), $"Type the patient's name as it is on file: {patient.FullName}.");
            }

            if (command.Relation is null)
            {
                return new Failure.Invalid(nameof(Command.Relation), "Say what the guardian is to the patient.");
            }

            var guardians = await db.PatientAccounts.Where(a => a.PatientId == patient.Id && a.Relation == PatientRelation.Guardian)
                .Join(db.Users, a => a.UserId, u => u.Id, (_, u) => u.DisplayName).ToListAsync(token);
            var name = command.SignedName!;
            return SignedNames.AreSame(name, patient.FullName) || !SignedNames.IsFullName(name)
                ? new Failure.Invalid(nameof(Command.SignedName), "Type the guardian's full name, not the patient's.")
                : guardians.Count > 0 && !guardians.Exists(known => SignedNames.AreSame(name, known))
                    ? new Failure.Invalid(nameof(Command.SignedName), "This is not the name of a guardian on file.")
                    : null;
        }
    }
}
