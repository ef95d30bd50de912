using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The patient takes the consent back. It stays on file and covers nothing from now on.</summary>
public static class WithdrawConsent
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid ConsentId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
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

            if (consent.WithdrawnUtc is not null)
            {
                return new Failure.Conflict("This consent is withdrawn already.");
            }

            consent.WithdrawnUtc = time.UtcNow;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
