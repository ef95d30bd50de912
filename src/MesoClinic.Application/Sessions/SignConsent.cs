using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient, or a guardian for a minor, signs with their typed name; whoever is signed in is the witness. The text is kept as it was shown.</summary>
public static class SignConsent
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
        public List<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public List<string> Ingredients { get; set; } = [];

        /// <summary>The wording that was read.</summary>
        public string TemplateVersion { get; set; } = "";
        public string SignedName { get; set; } = "";
        public bool ByGuardian { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SignedName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Type the full name to sign.")
            .MaximumLength(Limits.Line).WithMessage($"A name can have up to {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await db.Appointments.AsNoTracking().Include(a => a.Patient).SingleOrDefaultAsync(a => a.Id == command.AppointmentId, token) is not { Patient: { } patient } appointment)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(patient.Id, "Consent form", token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            if (appointment.State is AppointmentState.Cancelled or AppointmentState.NoShow or AppointmentState.Done or AppointmentState.Offered)
            {
                return new Failure.Conflict("This appointment is over; a consent belongs to one that is still to come.");
            }

            if (command.TemplateVersion != ConsentTemplate.Version)
            {
                return new Failure.Conflict("The wording has changed meanwhile. Open the form again and have the new text read.");
            }

            if (GetConsentForm.Check(book, command.Areas, command.Technique, command.Ingredients) is { } incomplete)
            {
                return incomplete;
            }

            var isMinor = patient.AgeOn(await time.TodayAsync(token)) < Ages.Adult;
            if (await WrongNameAsync(command, patient, isMinor, token) is { } problem)
            {
                return problem;
            }

            var consent = new Consent
            {
                PatientId = patient.Id,
                AppointmentId = appointment.Id,
                TemplateVersion = ConsentTemplate.Version,
                Text = ConsentTemplate.Write(book, patient, command.Areas, command.Technique!, command.Ingredients),
                Areas = [.. command.Areas.Distinct(StringComparer.Ordinal)],
                Technique = command.Technique!,
                Ingredients = [.. command.Ingredients.Distinct(StringComparer.Ordinal)],
                SignedName = command.SignedName.Trim(),
                SignedByGuardian = command.ByGuardian,
                SignedUtc = time.UtcNow,
                WitnessId = user.RequiredId,
            };
            db.Consents.Add(consent);
            await db.SaveChangesAsync(token);
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
                return SignedNames.AreSame(command.SignedName, patient.FullName)
                    ? null
                    : new Failure.Invalid(nameof(Command.SignedName), $"Type the patient's name as it is on file: {patient.FullName}.");
            }

            var guardians = await db.PatientAccounts.Where(a => a.PatientId == patient.Id && a.Relation == PatientRelation.Guardian)
                .Join(db.Users, a => a.UserId, u => u.Id, (_, u) => u.DisplayName).ToListAsync(token);
            return SignedNames.AreSame(command.SignedName, patient.FullName) || !SignedNames.IsFullName(command.SignedName)
                ? new Failure.Invalid(nameof(Command.SignedName), "Type the guardian's full name, not the patient's.")
                : guardians.Count > 0 && !guardians.Exists(name => SignedNames.AreSame(command.SignedName, name))
                    ? new Failure.Invalid(nameof(Command.SignedName), "This is not the name of a guardian on file.")
                    : null;
        }
    }
}
