using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient takes the consent back at the clinic. It stays on file and covers nothing from now on.</summary>
public static class WithdrawConsent
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid ConsentId { get; set; }

        /// <summary>What was said and done; the patient's own reasons only if the patient gives any.</summary>
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Write what was said: \"Does not want to go on\" is enough.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Consents.SingleOrDefaultAsync(c => c.Id == command.ConsentId, token) is not { } consent)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(consent.PatientId, "Consent", token, consent.Id) is { } refusal)
            {
                return refusal;
            }

            return await TakeBackAsync(db, consent, time.UtcNow, user.RequiredId, command.Reason.Trim(), reassess, token);
        }
    }

    /// <summary>The same at the clinic and at home. What hung on a guardian's consent is judged again.</summary>
    internal static async Task<Outcome<Done>> TakeBackAsync(ClinicDbContext db, Consent consent, DateTime nowUtc, Guid by, string? reason, ReassessFuture reassess, CancellationToken token)
    {
        if (consent.WithdrawnUtc is not null)
        {
            return new Failure.Conflict("This consent is withdrawn already.");
        }

        consent.Withdraw(nowUtc, by, reason);
        await db.SaveChangesAsync(token);
        if (consent is { SignedByGuardian: true, Kind: ConsentKind.Treatment })
        {
            await reassess.OfAsync(consent.PatientId, token);
        }

        return default(Done);
    }
}
