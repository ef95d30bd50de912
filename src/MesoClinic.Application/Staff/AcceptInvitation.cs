using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Sets one's own password behind a one-time link.</summary>
public static class AcceptInvitation
{
    [Requires(Permission.Anyone)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string Secret { get; set; } = "";
        public string Password { get; set; } = "";
        public string PasswordAgain { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Password).NotEmpty().WithMessage("Choose a password.").MaximumLength(PasswordRules.Longest).WithMessage($"Use at most {PasswordRules.Longest} characters.");
            RuleFor(command => command.PasswordAgain).Equal(command => command.Password).WithMessage("The two passwords differ.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, Accounts accounts, AuditTrail trail, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await secrets.FindAsync(command.Secret, token) is not { } invitation
                || await db.Users.SingleOrDefaultAsync(user => user.Id == invitation.UserId && !user.IsDisabled, token) is not { } account)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, account.Id);
            var isStaff = (await accounts.RolesOfAsync(account.Id, token)).Exists(role => role != ClinicRoles.Patient);
            var clinic = await db.Clinics.Select(c => c.Name).SingleAsync(token);
            if (PasswordRules.Problem(command.Password, PasswordRules.LengthFor(isStaff), account.Email!, clinic) is { } problem)
            {
                return new Failure.Invalid(nameof(command.Password), problem);
            }

            accounts.SetPassword(account, command.Password);
            invitation.UsedUtc = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
