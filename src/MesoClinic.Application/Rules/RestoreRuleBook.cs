using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Data.Seeding;
using MesoClinic.Domain;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>
/// Takes up an earlier version again, as a new one; 0 is the built-in rules alone. Going back can let more through than the book in force,
/// so that the responsible physician does it.
/// </summary>
public static class RestoreRuleBook
{
    [Requires(Permission.SignRules)]
    public sealed class Command : ICommand<int>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public int Number { get; set; }
        public string Note { get; set => field = value ?? ""; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Note).Must(note => !string.IsNullOrWhiteSpace(note)).WithMessage("Say why you go back.");
            RuleFor(command => command.Note).MaximumLength(Limits.Text).WithMessage($"At most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, CurrentUser user, Physicians physicians, ClinicTime time) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken token)
        {
            if (await physicians.MeAsync(Permission.SignRules, token) is null)
            {
                return new Failure.Forbidden();
            }

            await books.RefreshAsync(db, token);
            var json = command.Number == 0 ? "[]" : await db.RuleBookVersions.Where(version => version.Number == command.Number).Select(version => version.Json).SingleOrDefaultAsync(token);
            if (json is null)
            {
                return new Failure.NotFound();
            }

            if (command.Number == books.Number)
            {
                return new Failure.Conflict("This version is in force already.");
            }

            try
            {
                var version = new RuleBookVersion
                {
                    Number = books.Number + 1,
                    Json = json,
                    RuleBook = ClinicRules.Over(books.BuiltIn, ClinicRules.ParseAll(json)).Hash,
                    Note = command.Note.Trim(),
                    ApprovedById = user.RequiredId,
                    PublishedById = user.RequiredId,
                    PublishedUtc = time.UtcNow,
                    RestoredFrom = command.Number,
                };
                db.RuleBookVersions.Add(version);
                await db.SaveChangesAsync(token);
                return version.Number;
            }
            catch (SeedException error)
            {
                return new Failure.Conflict($"That version no longer fits the built-in knowledge: {error.Message}");
            }
        }
    }
}
