using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Changes name, roles, qualification, and whether the person takes appointments. Other roles end all sign-ins at once.</summary>
public static class EditStaff
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public Guid Version { get; set; }
        public string Name { get; set; } = "";
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
            RuleFor(command => command.Qualification).IsInEnum();
            RuleFor(command => command.IsCosmetologist).Must((command, cosmetologist) => cosmetologist || command.IsManager).WithMessage("Choose at least one: clinician or manager.");
            RuleFor(command => command.TakesAppointments).Must((command, takes) => !takes || command.IsCosmetologist).WithMessage("Only a clinician takes appointments.");
            RuleFor(command => command.Qualification).Must((command, qualification) => qualification != Qualification.None || !command.IsCosmetologist)
                .WithMessage("A clinician has a qualification: it decides what they may sign.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, Accounts accounts, CurrentUser user, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Staff.SingleOrDefaultAsync(staff => staff.Id == command.Id, token) is not { } member)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, member.Id);
            if (member.Version != command.Version)
            {
                return new Failure.Stale();
            }

            if (!command.IsManager && (member.Id == user.Id || !await accounts.IsAnotherManagerAsync(member.Id, token)))
            {
                var isManager = (await accounts.RolesOfAsync(member.Id, token)).Contains(ClinicRoles.Manager, StringComparer.Ordinal);
                if (isManager)
                {
                    return new Failure.Invalid(nameof(command.IsManager), member.Id == user.Id ? "You cannot take this from yourself; another manager can." : "The clinic keeps at least one manager. Make another one first.");
                }
            }

            var account = await db.Users.SingleAsync(a => a.Id == member.Id, token);
            var kept = (await accounts.RolesOfAsync(member.Id, token)).Where(role => role == ClinicRoles.Patient);
            if (await accounts.SetRolesAsync(account, [.. StaffRoles.Of(command.IsCosmetologist, command.IsManager), .. kept], token))
            {
                Accounts.EndSignIns(account);
            }

            account.DisplayName = member.Name = command.Name.Trim();
            (member.Qualification, member.TakesAppointments) = (command.Qualification, command.TakesAppointments);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
