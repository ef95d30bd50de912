using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Adds a device, changes where it stands, or takes it out of use. A device that is out of use takes no new appointments and keeps the old ones.</summary>
public static class SaveDevice
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Null = a new device.</summary>
        public Guid? Id { get; set; }
        public Guid Version { get; set; }
        public string Name { get; set; } = "";
        public DeviceKind Kind { get; set; }

        /// <summary>Null = it is carried to where it is needed.</summary>
        public Guid? RoomId { get; set; }
        public bool IsActive { get; set; } = true;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().WithMessage("Enter the device's name.").MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
            RuleFor(command => command.Kind).IsInEnum().WithMessage("Choose what it is.");
        }
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var name = command.Name.Trim();
            var others = await db.Devices.Where(device => device.Id != command.Id).Select(device => device.Name).ToListAsync(token);
            if (others.Exists(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)))
            {
                return new Failure.Invalid(nameof(command.Name), "Another device has this name. Number them, so that everybody takes the right one.");
            }

            if (command.RoomId is { } room && !await db.Rooms.AnyAsync(r => r.Id == room, token))
            {
                return new Failure.Invalid(nameof(command.RoomId), "Choose one of the list.");
            }

            var device = command.Id is { } id ? await db.Devices.SingleOrDefaultAsync(d => d.Id == id, token) : db.Devices.Add(new Device { Name = name, Kind = command.Kind }).Entity;
            if (device is null)
            {
                return new Failure.NotFound();
            }

            if (command.Id is not null && device.Version != command.Version)
            {
                return new Failure.Stale();
            }

            (device.Name, device.Kind, device.RoomId, device.IsActive) = (name, command.Kind, command.RoomId, command.IsActive);
            await db.SaveChangesAsync(token);
            return device.Id;
        }
    }
}
