using FluentValidation;
using MediatR;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Photos;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Photos;

/// <summary>Gives a picture that was taken in its record. If it is refused here, its file is thrown away by whoever took it in.</summary>
public static class AddPhoto
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }

        /// <summary>Null: at a consultation or check-up.</summary>
        public Guid? SessionId { get; set; }
        public PhotoMoment Moment { get; set; }
        public string View { get; set; } = "";
        public ReceivedPhoto? Photo { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Moment).IsInEnum().WithMessage("Say whether it was taken before or after.");
            RuleFor(c => c.Photo).NotNull().WithMessage("Choose a photo.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PhotoRules rules, PhotoStore store, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            await db.Sessions.Where(s => s.Id == command.SessionId).HoldAsync(token);

            // Two that arrive at once wait for each other here: the second one counts the first.
            await db.Patients.Where(p => p.Id == command.PatientId).ExecuteUpdateAsync(p => p.SetProperty(x => x.RegisteredUtc, x => x.RegisteredUtc), token);
            if (await rules.WhyNotAsync(command.PatientId, command.SessionId, command.View, token) is { } refusal)
            {
                return refusal;
            }

            var received = command.Photo!;
            if (!store.Has(received.File))
            {
                return new Failure.Conflict("The photo did not arrive. Send it again.");
            }

            db.Photos.Add(new Photo
            {
                Id = received.Id,
                PatientId = command.PatientId,
                SessionId = command.SessionId,
                Moment = command.Moment,
                View = command.View,
                TakenUtc = time.UtcNow,
                TakenById = user.RequiredId,
                Format = received.Format,
                Width = received.Width,
                Height = received.Height,
                Orientation = received.Orientation,
                Bytes = received.Bytes,
                ContentHash = received.Hash,
                File = received.File,
                Key = received.Key,
            });
            await db.SaveChangesAsync(token);
            return received.Id;
        }
    }
}
