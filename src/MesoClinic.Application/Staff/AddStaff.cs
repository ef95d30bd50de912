using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Application.Staff;

/// <summary>Makes a staff member and their account; answers the invitation whose link is handed over.</summary>
public static class AddStaff
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string Name { get; set; } = "";
        public string Email { get; set; } = "";
        public bool IsCosmetologist { get; set; }
        public bool IsManager { get; set; }
        public Qualification Qualification { get; set; }
        public bool TakesAppointments { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).PersonName();
            RuleFor(command => command.Email).AccountEmail();
            RuleFor(command => command.Qualification).IsInEnum();
            RuleFor(command => command.IsCosmetologist).Must((command, cosmetologist) => cosmetologist || command.IsManager).WithMessage("Choose at least one: clinician or manager.");
            RuleFor(command => command.TakesAppointments).Must((command, takes) => !takes || command.IsCosmetologist).WithMessage("Only a clinician takes appointments.");
            RuleFor(command => command.Qualification).Must((command, qualification) => qualification != Qualification.None || !command.IsCosmetologist)
                .WithMessage("A clinician has a qualification: it decides what they may sign.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, Accounts accounts, OneTimeSecrets secrets, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await accounts.CreateAsync(command.Email, command.Name, StaffRoles.Of(command.IsCosmetologist, command.IsManager), token) is not { } account)
            {
                return new Failure.Invalid(nameof(command.Email), Accounts.EmailTaken);
            }

            db.Staff.Add(new StaffMember { Id = account.Id, Name = account.DisplayName, Qualification = command.Qualification, TakesAppointments = command.TakesAppointments });
            var invitation = await secrets.InviteAsync(account.Id, token);
            trail.Concerns(null, account.Id);
            await db.SaveChangesAsync(token);
            return invitation;
        }
    }
}

internal static class StaffRoles
{
    public static IReadOnlyList<string> Of(bool isCosmetologist, bool isManager) =>
        [.. new[] { isCosmetologist ? ClinicRoles.Cosmetologist : null, isManager ? ClinicRoles.Manager : null }.OfType<string>()];
}
