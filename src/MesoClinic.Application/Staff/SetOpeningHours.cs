using FluentValidation;
using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>On which weekdays the clinic is open, and when. Appointments already made stay; those outside the new hours are listed for moving.</summary>
public static class SetOpeningHours
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Version { get; set; }
        public List<WeekdayForm> Days { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Days).Must(WeekRules.AreWeekdays).WithMessage(WeekRules.Repeated)
                .Must(days => days.Exists(day => day.IsOn)).WithMessage("Choose at least one day on which the clinic is open.");
            RuleForEach(command => command.Days).SetValidator(new WeekdayValidator());
        }
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var clinic = await db.Clinics.SingleAsync(token);
            if (clinic.Version != command.Version)
            {
                return new Failure.Stale();
            }

            // Breaks are people's: the clinic's own hours have none.
            clinic.Hours = [.. WeekdayForm.ToHours(command.Days).Select(day => day with { BreakFrom = null, BreakTo = null })];
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
