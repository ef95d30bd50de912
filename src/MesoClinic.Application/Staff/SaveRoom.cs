using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Adds a room, renames one, or takes it out of use. A room that is out of use takes no new appointments and keeps the old ones.</summary>
public static class SaveRoom
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Null = a new room.</summary>
        public Guid? Id { get; set; }
        public Guid Version { get; set; }
        public string Name { get; set; } = "";

        /// <summary>After each appointment, in steps of five minutes. Appointments already made keep what they had.</summary>
        public int? CleaningMinutes { get; set; } = 0;
        public bool IsActive { get; set; } = true;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name)
                .NotEmpty().WithMessage("Enter the room's name.")
                .MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
            RuleFor(command => command.CleaningMinutes).Must(minutes => minutes is >= 0 and <= Room.LongestCleaning && minutes % 5 == 0)
                .WithMessage($"Between 0 and {Room.LongestCleaning} minutes, in steps of five.");
        }
    }

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var name = command.Name.Trim();
            var others = await db.Rooms.Where(room => room.Id != command.Id).Select(room => room.Name).ToListAsync(token);
            if (others.Exists(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)))
            {
                return new Failure.Invalid(nameof(command.Name), "Another room has this name.");
            }

            var room = command.Id is { } id ? await db.Rooms.SingleOrDefaultAsync(r => r.Id == id, token) : db.Rooms.Add(new Room { Name = name }).Entity;
            if (room is null)
            {
                return new Failure.NotFound();
            }

            if (command.Id is not null && room.Version != command.Version)
            {
                return new Failure.Stale();
            }

            (room.Name, room.CleaningMinutes, room.IsActive) = (name, command.CleaningMinutes!.Value, command.IsActive);
            await db.SaveChangesAsync(token);
            return room.Id;
        }
    }
}
