using FluentValidation;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Keeps a draft of a rule of the clinic's own. A changed text has to be replayed and approved again.</summary>
public static class SaveRuleDraft
{
    private const int LongestRule = 20_000;

    [Requires(Permission.ManageRules)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Null makes a new draft.</summary>
        public Guid? Id { get; set; }
        public Guid Version { get; set; }
        public RuleDraftKind Kind { get; set; }

        /// <summary>The rule in the form of seeds/contraindications.json; for a removal, the whole rule that goes.</summary>
        public string Json { get; set => field = value ?? ""; } = "";
        public string Note { get; set => field = value ?? ""; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).IsInEnum().WithMessage("Choose what the draft does.");
            RuleFor(command => command.Json).NotEmpty().WithMessage("Write the rule.").MaximumLength(LongestRule).WithMessage($"At most {LongestRule} characters.");
            RuleFor(command => command.Note).Must(note => !string.IsNullOrWhiteSpace(note)).WithMessage("Say why the clinic wants it.");
            RuleFor(command => command.Note).MaximumLength(Limits.Text).WithMessage($"At most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            await books.RefreshAsync(db, token);
            var (rule, problems) = ClinicRules.Read(command.Kind, command.Json, books);
            if (problems.Count > 0)
            {
                return new Failure.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(Command.Json)] = [.. problems] });
            }

            if (command.Id is not { } id)
            {
                var draft = new RuleDraft { Kind = command.Kind, Rule = rule!.Id, Json = command.Json, Note = command.Note.Trim(), CreatedById = user.RequiredId, CreatedUtc = time.UtcNow };
                db.RuleDrafts.Add(draft);
                await db.SaveChangesAsync(token);
                return draft.Id;
            }

            if (await db.RuleDrafts.SingleOrDefaultAsync(draft => draft.Id == id, token) is not { } stored)
            {
                return new Failure.NotFound();
            }

            if (stored.State is RuleDraftState.Published or RuleDraftState.Discarded)
            {
                return new Failure.Conflict("This draft is closed. Begin a new one.");
            }

            if (stored.Version != command.Version || stored.Kind != command.Kind)
            {
                return new Failure.Stale();
            }

            if (stored.Json != command.Json)
            {
                (stored.State, stored.ApprovedById, stored.ApprovedUtc) = (RuleDraftState.Draft, null, null);
            }

            (stored.Rule, stored.Json, stored.Note) = (rule!.Id, command.Json, command.Note.Trim());
            await db.SaveChangesAsync(token);
            return stored.Id;
        }
    }
}
