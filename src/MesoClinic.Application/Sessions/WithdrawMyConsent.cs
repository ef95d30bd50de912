using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient, or whoever acts for them, takes a consent back at home. No reason is asked for.</summary>
public static class WithdrawMyConsent
{
    [Requires(Permission.OwnRecord)]
    public sealed class Command : ICommand<WithdrawConsent.TakenBack>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid ConsentId { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).MaximumLength(Limits.Line).WithMessage($"Keep it within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<WithdrawConsent.TakenBack>>
    {
        public async Task<Outcome<WithdrawConsent.TakenBack>> Handle(Command command, CancellationToken token)
        {
            if (await db.Consents.SingleOrDefaultAsync(c => c.Id == command.ConsentId, token) is not { } consent)
            {
                return new Failure.NotFound();
            }

            return access.ToOwn(consent.PatientId, nameof(WithdrawMyConsent)) is { } refusal
                ? refusal
                : await WithdrawConsent.TakeBackAsync(db, time, consent, user.RequiredId, string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(), reassess, token);
        }
    }
}
