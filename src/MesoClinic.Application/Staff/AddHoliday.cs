using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Closes the clinic for a day. Appointments already made on it stay, and are listed for moving.</summary>
public static class AddHoliday
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public DateOnly? Date { get; set; }
        public string Name { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Date).NotNull().WithMessage("Choose the day.");
            RuleFor(command => command.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Say what day it is, such as Christmas Day: it is shown to everybody who asks for it.")
                .MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var date = command.Date!.Value;
            if (date < await time.TodayAsync(token))
            {
                return new Failure.Invalid(nameof(command.Date), "This day is over. Choose one that is still to come.");
            }

            if (await db.Holidays.Where(holiday => holiday.Date == date).Select(holiday => holiday.Name).SingleOrDefaultAsync(token) is { } already)
            {
                return new Failure.Invalid(nameof(command.Date), $"The clinic is closed that day already: {already}.");
            }

            var added = new Holiday { Date = date, Name = command.Name.Trim() };
            db.Holidays.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }
    }
}
