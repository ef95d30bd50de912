using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain;

namespace MesoClinic.Application.Staff;

/// <summary>A key for a program that asks the JSON endpoints.</summary>
public static class CreateApiKey
{
    [Requires(Permission.ManageClinic)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string Name { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Name)
            .NotEmpty().WithMessage("Enter what uses the key, such as \"Front desk software\".")
            .MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, OneTimeSecrets secrets, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var id = Guid.NewGuid();
            db.ApiKeys.Add(new ApiKey
            {
                Id = id,
                Name = command.Name.Trim(),
                KeyHash = OneTimeSecrets.HashOf(secrets.OfApiKey(id)),
                CreatedUtc = clock.GetUtcNow().UtcDateTime,
                CreatedById = user.RequiredId,
            });
            await db.SaveChangesAsync(token);
            return id;
        }
    }
}
