using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Days on which somebody takes no appointments. Those already made in them stay, and are listed for moving.</summary>
public static class AddLeave
{
    private const int LongestDays = 730;

    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid StaffId { get; set; }
        public DateOnly? From { get; set; }

        /// <summary>The last day; empty = a single day.</summary>
        public DateOnly? Until { get; set; }
        public LeaveKind Kind { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.From).NotNull().WithMessage("Choose the first day.");
            RuleFor(command => command.Until).Must((command, until) => until is null || command.From is null || until >= command.From).WithMessage("The last day is not before the first.")
                .Must((command, until) => until is null || command.From is null || until < command.From.Value.AddDays(LongestDays)).WithMessage("Two years at most. Close the account of somebody who leaves.");
            RuleFor(command => command.Kind).IsInEnum();
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (!await db.Staff.AnyAsync(staff => staff.Id == command.StaffId, token))
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, command.StaffId);
            var (from, until) = (command.From!.Value, command.Until ?? command.From!.Value);
            if (until < await time.TodayAsync(token))
            {
                return new Failure.Invalid(command.Until is null ? nameof(command.From) : nameof(command.Until), "This time is over. Choose days that are still to come.");
            }

            if (await db.Leave.AnyAsync(leave => leave.StaffMemberId == command.StaffId && leave.From <= until && leave.Until >= from, token))
            {
                return new Failure.Invalid(nameof(command.From), "Some of these days are leave already. Remove that first, or choose other days.");
            }

            var added = new Leave { StaffMemberId = command.StaffId, From = from, Until = until, Kind = command.Kind };
            db.Leave.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }
    }
}
