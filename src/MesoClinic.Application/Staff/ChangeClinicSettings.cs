using System.Globalization;
using FluentValidation;
using MediatR;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
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
        public string? EmergencyKit { get; set; } = "";
        public string? OutOfHoursAdvice { get; set; } = "";
        public string TimeZone { get; set; } = "";
        public Hemisphere Hemisphere { get; set; }
        public bool AnyoneBooksAnyColumn { get; set; }
        public int? OfferHours { get; set; } = 2;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).ClinicName();
            RuleFor(command => command.Phone).ClinicPhone();
            RuleFor(command => command.EmergencyNumber).EmergencyNumber();
            RuleFor(command => command.EmergencyKit).MaximumLength(Limits.Line).WithMessage($"Use at most {Limits.Line} characters.");
            RuleFor(command => command.OutOfHoursAdvice).MaximumLength(Limits.Line).WithMessage($"Use at most {Limits.Line} characters.");
            RuleFor(command => command.TimeZone).TimeZone();
            RuleFor(command => command.Hemisphere).IsInEnum();
            RuleFor(command => command.OfferHours).NotNull().WithMessage("Say for how many hours.").InclusiveBetween(1, 48).WithMessage("Between 1 and 48 hours.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var clinic = await db.Clinics.SingleAsync(token);
            if (clinic.Version != command.Version)
            {
                return new Failure.Stale();
            }

            var hemisphere = clinic.Hemisphere;
            if (clinic.TimeZone != command.TimeZone.Trim() && await MoveClockAsync(TimeZoneInfo.FindSystemTimeZoneById(command.TimeZone.Trim()), token) is { } impossible)
            {
                return impossible;
            }

            (clinic.Name, clinic.Phone, clinic.EmergencyNumber) = (command.Name.Trim(), command.Phone.Trim(), command.EmergencyNumber.Trim());
            (clinic.EmergencyKit, clinic.OutOfHoursAdvice) = (command.EmergencyKit?.Trim() ?? "", command.OutOfHoursAdvice?.Trim() ?? "");
            (clinic.TimeZone, clinic.Hemisphere) = (command.TimeZone.Trim(), command.Hemisphere);
            (clinic.AnyoneBooksAnyColumn, clinic.OfferHours) = (command.AnyoneBooksAnyColumn, command.OfferHours!.Value);
            await db.SaveChangesAsync(token);
            if (clinic.Hemisphere != hemisphere)
            {
                await reassess.OfEverybodyAsync(token);
            }

            return default(Done);
        }

        /// <summary>Coming appointments keep the wall-clock time that was promised: their instants and claims follow the clinic's clock.</summary>
        private async Task<Failure.Invalid?> MoveClockAsync(TimeZoneInfo zone, CancellationToken token)
        {
            var now = time.UtcNow;
            var coming = await db.Appointments.Include(a => a.Practitioner)
                .Where(a => a.EndUtc > now && (a.State == AppointmentState.Booked || a.State == AppointmentState.Arrived || a.State == AppointmentState.CheckedIn || a.State == AppointmentState.Offered)).OrderBy(a => a.StartUtc).ToListAsync(token);
            List<Guid> ids = [.. coming.Select(a => a.Id)];

            // Without their old claims, so that two that follow each other do not meet on the way.
            await db.SlotClaims.Where(claim => ids.Contains(claim.AppointmentId)).ExecuteDeleteAsync(token);
            var taken = (await db.SlotClaims.AsNoTracking().Where(claim => claim.SlotUtc >= now.AddDays(-1)).Select(claim => new { claim.ResourceId, claim.SlotUtc }).ToListAsync(token))
                .Select(claim => (claim.ResourceId, claim.SlotUtc)).ToHashSet();
            var lost = new List<string>();
            foreach (var appointment in coming)
            {
                var (start, problem) = ClinicTime.ToUtc(appointment.WallStart, zone);
                (appointment.StartUtc, appointment.EndUtc) = (start, start.AddMinutes(appointment.Minutes));
                appointment.ClaimSlots();
                if (problem is not null || !appointment.Claims.TrueForAll(claim => taken.Add((claim.ResourceId, claim.SlotUtc))))
                {
                    lost.Add(string.Create(CultureInfo.InvariantCulture, $"{appointment.WallStart:yyyy-MM-dd HH:mm} ({appointment.Practitioner!.Name})"));
                }
            }

            return lost.Count == 0 ? null : new Failure.Invalid(nameof(Command.TimeZone), $"These appointments would have no time of their own on that clock. Move or cancel them first: {string.Join(", ", lost)}.");
        }
    }
}
