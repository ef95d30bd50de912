using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules.Facts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Turns an empty installation into a clinic with its first manager.</summary>
public static class SetUpClinic
{
    [Requires(Permission.Anyone)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string Code { get; set; } = "";
        public string ClinicName { get; set; } = "";
        public string Phone { get; set; } = "";
        public string EmergencyNumber { get; set; } = "";
        public string TimeZone { get; set; } = "";
        public Hemisphere Hemisphere { get; set; } = Hemisphere.North;
        public string ManagerName { get; set; } = "";
        public string Email { get; set; } = "";
        public string Password { get; set; } = "";
        public string PasswordAgain { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Code).NotEmpty().WithMessage("Enter the code that the console printed when the portal started.");
            RuleFor(command => command.ClinicName).ClinicName();
            RuleFor(command => command.Phone).ClinicPhone();
            RuleFor(command => command.EmergencyNumber).EmergencyNumber();
            RuleFor(command => command.TimeZone).TimeZone();
            RuleFor(command => command.Hemisphere).IsInEnum();
            RuleFor(command => command.ManagerName).PersonName();
            RuleFor(command => command.Email).AccountEmail();
            RuleFor(command => command.Password).Custom((password, context) =>
            {
                var command = context.InstanceToValidate;
                if (PasswordRules.Problem(password ?? "", PasswordRules.StaffLength, command.Email ?? "", command.ClinicName ?? "") is { } problem)
                {
                    context.AddFailure(problem);
                }
            });
            RuleFor(command => command.PasswordAgain).Equal(command => command.Password).WithMessage("The two passwords differ.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, Accounts accounts, SetupCode code) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (!code.Matches(command.Code))
            {
                return new Failure.Invalid(nameof(command.Code), "This is not the code of the running portal. It changes at each start: look at the console again.");
            }

            if (await db.Clinics.AnyAsync(token))
            {
                return new Failure.Conflict("The clinic is already set up. Sign in.");
            }

            db.Clinics.Add(new Clinic
            {
                Name = command.ClinicName.Trim(),
                Phone = command.Phone.Trim(),
                EmergencyNumber = command.EmergencyNumber.Trim(),
                TimeZone = command.TimeZone.Trim(),
                Hemisphere = command.Hemisphere,
            });
            var roles = await db.Roles.Select(role => role.Name).ToListAsync(token);
            db.Roles.AddRange(ClinicRoles.All.Where(role => !roles.Contains(role))
                .Select(role => new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7(), NormalizedName = role.ToUpperInvariant() }));
            await db.SaveChangesAsync(token);

            if (await accounts.CreateAsync(command.Email, command.ManagerName, [ClinicRoles.Manager], token) is not { } manager)
            {
                return new Failure.Invalid(nameof(command.Email), Accounts.EmailTaken);
            }

            accounts.SetPassword(manager, command.Password);
            db.Staff.Add(new StaffMember { Id = manager.Id, Name = manager.DisplayName });
            await db.SaveChangesAsync(token);
            code.Close();
            return default(Done);
        }
    }
}
