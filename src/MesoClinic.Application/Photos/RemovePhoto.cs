using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>Takes a photo out of view, with the reason; its row stays. Before its session is signed the picture is destroyed; part of a signed record stays locked away with it.</summary>
public static class RemovePhoto
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PhotoId { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why the photo is removed.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Photos.SingleOrDefaultAsync(photo => photo.Id == command.PhotoId, token) is not { } photo)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(photo.PatientId, "Photo", token, photo.Id) is { } refusal)
            {
                return refusal;
            }

            await db.Sessions.Where(s => s.Id == photo.SessionId).HoldAsync(token);

            // A signed record is not held, and a photo may stand in none: two who remove it at once wait for each other at the patient.
            await db.Patients.Where(p => p.Id == photo.PatientId).ExecuteUpdateAsync(p => p.SetProperty(x => x.RegisteredUtc, x => x.RegisteredUtc), token);
            await db.Entry(photo).ReloadAsync(token);
            if (photo.RemovedUtc is not null)
            {
                return new Failure.Conflict("This photo is removed already.");
            }

            var isSigned = photo.SessionId is { } session && await db.Sessions.AnyAsync(s => s.Id == session && s.SignedUtc != null, token);
            photo.Remove(time.UtcNow, user.RequiredId, command.Reason.Trim(), destroy: !isSigned);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
