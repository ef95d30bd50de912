using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>What patients read of the clinic, and its clock. Appointments already made keep the wall-clock time that was promised.</summary>
public static class ChangeClinicSettings
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Version { get; set; }
        public string Name { get; set; } = "";
        public string Phone { get; set; } = "";
        public string EmergencyNumber { get; set; } = "";
        public string? OutOfHoursAdvice { get; set; } = "";
        public string TimeZone { get; set; } = "";
        public Hemisphere Hemisphere { get; set; }
        public bool AnyoneBooksAnyColumn { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).ClinicName();
            RuleFor(command => command.Phone).ClinicPhone();
            RuleFor(command => command.EmergencyNumber).EmergencyNumber();
            RuleFor(command => command.OutOfHoursAdvice).MaximumLength(Limits.Line).WithMessage($"Use at most {Limits.Line} characters.");
            RuleFor(command => command.TimeZone).TimeZone();
            RuleFor(command => command.Hemisphere).IsInEnum();
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

            (clinic.Name, clinic.Phone, clinic.EmergencyNumber) = (command.Name.Trim(), command.Phone.Trim(), command.EmergencyNumber.Trim());
            clinic.OutOfHoursAdvice = command.OutOfHoursAdvice?.Trim() ?? "";
            (clinic.TimeZone, clinic.Hemisphere) = (command.TimeZone.Trim(), command.Hemisphere);
            clinic.AnyoneBooksAnyColumn = command.AnyoneBooksAnyColumn;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
