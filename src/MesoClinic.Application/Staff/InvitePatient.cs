using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>
/// Gives a patient, or a guardian, a sign-in to the patient's own pages. Answers the invitation to hand over;
/// null when the guardian already has a sign-in, which now reads this patient's pages too.
/// </summary>
public static class InvitePatient
{
    [Requires(Permission.RegisterPatients)]
    public sealed class Command : ICommand<Invited>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }

        /// <summary>The patient, or anybody else: the patient's age decides whether that is a guardian or a representative.</summary>
        public PatientRelation Relation { get; set; }
        public string Email { get; set; } = "";

        /// <summary>A guardian's name; a patient's stands in the record.</summary>
        public string? Name { get; set; }
    }

    public sealed record Invited(Guid? InvitationId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Email).AccountEmail();
            RuleFor(command => command.Relation).IsInEnum();
            RuleFor(command => command.Name).NotEmpty().When(command => command.Relation != PatientRelation.Self).WithMessage("Enter their name.");
            RuleFor(command => command.Name).MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, Accounts accounts, OneTimeSecrets secrets) : IRequestHandler<Command, Outcome<Invited>>
    {
        private const string OnlyAManager = "This patient is of age: only a manager gives somebody else a sign-in for them.";
        private const string OtherPersons = "This email belongs to another account. Ask for an address that is only theirs.";

        public async Task<Outcome<Invited>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToContactAsync(command.PatientId, nameof(InvitePatient), token) is { } refusal)
            {
                return refusal;
            }

            if (!user.IsManager && !await access.MayReadChartAsync(command.PatientId, token))
            {
                return new Failure.ReasonNeeded(command.PatientId);
            }

            if (command.Relation == PatientRelation.Self && await db.PatientAccounts.AnyAsync(link => link.PatientId == command.PatientId && link.Relation == PatientRelation.Self, token))
            {
                return new Failure.Conflict("This patient already has a sign-in. Make a new link for it instead.");
            }

            var patient = await db.Patients.Where(p => p.Id == command.PatientId).Select(p => new { p.GivenName, p.FamilyName, p.BirthDate }).SingleAsync(token);
            var isOfAge = Ages.On(await time.TodayAsync(token), patient.BirthDate) >= Ages.Adult;
            if (command.Relation != PatientRelation.Self && isOfAge && !user.IsManager)
            {
                return new Failure.Invalid(nameof(command.Relation), OnlyAManager);
            }

            var relation = command.Relation == PatientRelation.Self ? PatientRelation.Self : isOfAge ? PatientRelation.Representative : PatientRelation.Guardian;
            var name = command.Relation == PatientRelation.Self ? $"{patient.GivenName} {patient.FamilyName}" : command.Name!;
            if (await accounts.CreateAsync(command.Email, name, [ClinicRoles.Patient], token) is { } account)
            {
                db.PatientAccounts.Add(new PatientAccount { PatientId = command.PatientId, UserId = account.Id, Relation = relation });
                var invitation = await secrets.InviteAsync(account.Id, token);
                await db.SaveChangesAsync(token);
                return new Invited(invitation);
            }

            return await LinkGuardianAsync(command, relation, token);
        }

        /// <summary>A parent of two children has one sign-in; an address that is somebody else's is never linked by mistake.</summary>
        private async Task<Outcome<Invited>> LinkGuardianAsync(Command command, PatientRelation relation, CancellationToken token)
        {
            var normalised = command.Email.Trim().ToUpperInvariant();
            var existing = await db.Users.Where(u => u.NormalizedEmail == normalised && !u.IsDisabled).Select(u => new { u.Id, u.DisplayName }).SingleOrDefaultAsync(token);
            if (relation == PatientRelation.Self || existing is null
                || !string.Equals(existing.DisplayName, command.Name!.Trim(), StringComparison.OrdinalIgnoreCase)
                || !await db.PatientAccounts.AnyAsync(link => link.UserId == existing.Id, token))
            {
                return new Failure.Invalid(nameof(command.Email), OtherPersons);
            }

            if (await db.PatientAccounts.AnyAsync(link => link.UserId == existing.Id && link.PatientId == command.PatientId, token))
            {
                return new Failure.Invalid(nameof(command.Email), "This person already has a sign-in for this patient; one that rests is renewed in the list.");
            }

            db.PatientAccounts.Add(new PatientAccount { PatientId = command.PatientId, UserId = existing.Id, Relation = relation });
            await db.SaveChangesAsync(token);
            return new Invited(null);
        }
    }
}
