using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient takes the consent back at the clinic, and with it every other one of its kind: who says no to the treatment does not go on agreeing to half of it. They stay on file and cover nothing from now on.</summary>
public static class WithdrawConsent
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<TakenBack>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid ConsentId { get; set; }

        /// <summary>What was said and done; the patient's own reasons only if the patient gives any.</summary>
        public string Reason { get; set; } = "";
    }

    /// <param name="Consents">How many were taken back.</param>
    /// <param name="OpenSessions">Records of this patient in work, which have to be told.</param>
    public sealed record TakenBack(int Consents, IReadOnlyList<Guid> OpenSessions);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Write what was said: \"Does not want to go on\" is enough.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, ReassessFuture reassess) : IRequestHandler<Command, Outcome<TakenBack>>
    {
        public async Task<Outcome<TakenBack>> Handle(Command command, CancellationToken token)
        {
            if (await db.Consents.SingleOrDefaultAsync(c => c.Id == command.ConsentId, token) is not { } consent)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(consent.PatientId, "Consent", token, consent.Id) is { } refusal)
            {
                return refusal;
            }

            return await TakeBackAsync(db, time, consent, user.RequiredId, command.Reason.Trim(), reassess, token);
        }
    }

    /// <summary>The same at the clinic and at home. What hung on a guardian's consent is judged again.</summary>
    internal static async Task<Outcome<TakenBack>> TakeBackAsync(ClinicDbContext db, ClinicTime time, Consent consent, Guid by, string? reason, ReassessFuture reassess, CancellationToken token)
    {
        // In the order in which a save takes them, record before consent.
        await db.Sessions.Where(s => s.PatientId == consent.PatientId).HoldAsync(token);

        // Two who take it back at once wait for each other here: the second one finds it withdrawn.
        if (await db.Consents.Where(c => c.Id == consent.Id && c.WithdrawnUtc == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.SignedUtc, x => x.SignedUtc), token) == 0)
        {
            return new Failure.Conflict("This consent is withdrawn already.");
        }

        List<Consent> taken = [consent, .. await Others(db, consent, await time.TodayAsync(token)).ToListAsync(token)];
        taken.ForEach(one => one.Withdraw(time.UtcNow, by, reason));
        await db.SaveChangesAsync(token);
        if (taken.Exists(one => one is { SignedByGuardian: true, Kind: ConsentKind.Treatment }))
        {
            await reassess.OfAsync(consent.PatientId, token);
        }

        return new TakenBack(taken.Count, await db.Sessions.Where(s => s.PatientId == consent.PatientId && s.SignedUtc == null && (s.AbortedUtc == null || s.StartedUtc != null)).Select(s => s.Id).ToListAsync(token));
    }

    /// <summary>The patient's other consents of this kind that stand today.</summary>
    internal static IQueryable<Consent> Others(ClinicDbContext db, Consent consent, DateOnly today) =>
        db.Consents.Where(c => c.PatientId == consent.PatientId && c.Kind == consent.Kind && c.Id != consent.Id && c.WithdrawnUtc == null && (c.ExpiresOn == null || c.ExpiresOn >= today));
}
