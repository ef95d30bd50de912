using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>A patient signs at home for themselves, a guardian for a minor, each on their own sign-in: that is what identifies them, so there is no witness.</summary>
public static class SignMyConsent
{
    internal const string NotExplained = "You sign this after your consultation, when the treatment has been explained to you.";

    [Requires(Permission.OwnRecord)]
    public sealed class Command : ICommand<Guid>, ISignature
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public ConsentKind Kind { get; set; }

        /// <summary>The coming appointment whose plan is agreed to; photos need none.</summary>
        public Guid? AppointmentId { get; set; }

        /// <summary>Fingerprint of the text that was read.</summary>
        public string? Read { get; set; } = "";
        public string? SignedName { get; set; } = "";
        public string? Signature { get; set; }
        public GuardianRelation? Relation { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SignedName).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Type your full name to sign.");
            this.SignatureRules();
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, MySignature signing, ConsentForms forms, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (access.ToOwn(command.PatientId, nameof(SignMyConsent)) is { } refusal)
            {
                return refusal;
            }

            var signer = await signing.WhoAsync(command.PatientId, token);
            if (signer.Name is not { } name)
            {
                return new Failure.Conflict(signer.WhyNot!);
            }

            if ((await signing.LackingAsync(signer.Patient, token)).Find(l => l.Subject.Kind == command.Kind && l.AppointmentId == command.AppointmentId) is not { } lacking)
            {
                return new Failure.Conflict("There is nothing left to sign here: it is signed already, or the appointment has changed.");
            }

            if (command.Kind != ConsentKind.Photos && !await signing.WasExplainedAsync(command.PatientId, token))
            {
                return new Failure.Conflict(NotExplained);
            }

            var form = await forms.WriteAsync(signer.Patient, lacking.Subject, token);
            if (form.Read != command.Read)
            {
                return new Failure.Conflict(ConsentForms.Changed);
            }

            if (!SignedNames.AreSame(command.SignedName!, name))
            {
                return new Failure.Invalid(nameof(Command.SignedName), $"Type your name as the clinic has it: {name}.");
            }

            if (signer.IsGuardian && command.Relation is null)
            {
                return new Failure.Invalid(nameof(Command.Relation), "Say what you are to the child.");
            }

            var consent = Signed.From(form, signer.Patient, command, command.AppointmentId, time.UtcNow, command.SignedName!.Trim(), signer: user.RequiredId);
            db.Consents.Add(consent);
            await db.SaveChangesAsync(token);
            trail.Concerns(consent.PatientId, consent.Id);
            trail.Sealed(consent.ContentHash);
            if (signer.IsGuardian && command.Kind == ConsentKind.Treatment)
            {
                await reassess.OfAsync(command.PatientId, token);
            }

            return consent.Id;
        }
    }
}
