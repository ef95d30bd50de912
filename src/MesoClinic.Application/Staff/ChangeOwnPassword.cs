using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Changes one's own password; all other sign-ins end.</summary>
public static class ChangeOwnPassword
{
    [Requires(Permission.OwnAccount)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string Current { get; set; } = "";
        public string Password { get; set; } = "";
        public string PasswordAgain { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Current).NotEmpty().WithMessage("Enter the password that you have now.");
            RuleFor(command => command.Password).NotEmpty().WithMessage("Choose a new password.")
                .NotEqual(command => command.Current).WithMessage("The new password is the same as the old one.");
            RuleFor(command => command.PasswordAgain).Equal(command => command.Password).WithMessage("The two passwords differ.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, UserManager<ClinicUser> users, Accounts accounts, CurrentUser user) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var account = await db.Users.SingleAsync(a => a.Id == user.RequiredId, token);
            if (account.PasswordHash is null || users.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, command.Current) == PasswordVerificationResult.Failed)
            {
                return new Failure.Invalid(nameof(command.Current), "This is not your present password. Nothing was changed.");
            }

            var clinic = await db.Clinics.Select(c => c.Name).SingleAsync(token);
            if (PasswordRules.Problem(command.Password, PasswordRules.LengthFor(user.IsCosmetologist || user.IsManager), account.Email!, clinic) is { } problem)
            {
                return new Failure.Invalid(nameof(command.Password), problem);
            }

            accounts.SetPassword(account, command.Password);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
