using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>How long each kind of visit usually takes: what a booking form starts with.</summary>
public static class ChangeVisitLengths
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Version { get; set; }
        public int? Consultation { get; set; }
        public int? AllergyTest { get; set; }
        public int? Session { get; set; }
        public int? FollowUp { get; set; }
        public int? FurtherArea { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Consultation).Must(IsLength).WithMessage(Wanted);
            RuleFor(command => command.AllergyTest).Must(IsLength).WithMessage(Wanted);
            RuleFor(command => command.Session).Must(IsLength).WithMessage(Wanted);
            RuleFor(command => command.FollowUp).Must(IsLength).WithMessage(Wanted);
            RuleFor(command => command.FurtherArea).Must(minutes => minutes is >= 0 and <= 60 && minutes % 5 == 0).WithMessage("Between 0 and 60 minutes, in steps of five.");
        }

        private static string Wanted => $"Between 5 and {Appointment.LongestMinutes} minutes, in steps of five.";

        private static bool IsLength(int? minutes) => minutes is >= 5 and <= Appointment.LongestMinutes && minutes % 5 == 0;
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

            clinic.VisitLengths = new VisitLengths
            {
                Consultation = command.Consultation!.Value,
                AllergyTest = command.AllergyTest!.Value,
                Session = command.Session!.Value,
                FollowUp = command.FollowUp!.Value,
                FurtherArea = command.FurtherArea!.Value,
            };
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
