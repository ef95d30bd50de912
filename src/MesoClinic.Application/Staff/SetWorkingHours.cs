using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>On which weekdays somebody takes appointments, and when. Appointments already made stay; those outside the new hours are listed for moving.</summary>
public static class SetWorkingHours
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
        public Guid Version { get; set; }

        /// <summary>Whenever the clinic is open: the days below are ignored.</summary>
        public bool AsClinic { get; set; }
        public List<WeekdayForm> Days { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => When(command => !command.AsClinic, () =>
        {
            RuleFor(command => command.Days).Must(WeekRules.AreWeekdays).WithMessage(WeekRules.Repeated)
                .Must(days => days.Exists(day => day.IsOn)).WithMessage("Choose at least one day. Who takes no appointments at all has no column: change that above.");
            RuleForEach(command => command.Days).SetValidator(new WeekdayValidator());
        });
    }

    internal sealed class Handler(ClinicDbContext db, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
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

            member.Hours = command.AsClinic ? [] : WeekdayForm.ToHours(command.Days);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
