using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>What a form of signing carries, at the clinic or at home.</summary>
public interface ISignature
{
    string? SignedName { get; }

    /// <summary>Drawn strokes (<see cref="DrawnSignature"/>); empty = the typed name is the signature.</summary>
    string? Signature { get; }
    GuardianRelation? Relation { get; }
}

internal static class Signed
{
    public static void SignatureRules<T>(this AbstractValidator<T> validator)
        where T : ISignature
    {
        validator.RuleFor(c => c.SignedName).MaximumLength(Limits.Line).WithMessage($"A name can have up to {Limits.Line} characters.");
        validator.RuleFor(c => c.Signature).Custom((path, context) =>
        {
            if (!string.IsNullOrEmpty(path) && DrawnSignature.Problem(path) is { } problem)
            {
                context.AddFailure(problem);
            }
        });
        validator.RuleFor(c => c.Relation).IsInEnum();
    }

    /// <summary>The record of a signature under a text, sealed with its hash.</summary>
    public static Consent From(ConsentForm form, Patient patient, ISignature how, Guid? appointmentId, DateTime nowUtc, string name, Guid? witness = null, Guid? signer = null)
    {
        var consent = new Consent
        {
            Kind = form.Subject.Kind,
            PatientId = patient.Id,
            AppointmentId = appointmentId,
            TemplateVersion = form.TemplateVersion,
            Text = form.Text,
            Areas = [.. form.Subject.Areas],
            Technique = form.Subject.Technique,
            Ingredients = [.. form.Subject.Ingredients],
            SignedName = name,
            Signature = string.IsNullOrEmpty(how.Signature) ? null : how.Signature,
            SignedByGuardian = form.IsMinor,
            Relation = form.IsMinor ? how.Relation : null,
            SignedUtc = nowUtc,
            SignerId = signer,
            WitnessId = witness,
            ExpiresOn = form.ExpiresOn,
        };
        consent.ContentHash = ConsentForms.HashOf(consent);
        return consent;
    }
}
