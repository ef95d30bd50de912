using FluentValidation;
using MediatR;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The responsible physician signs rules that they have read: one, several, or all that are left. Each signature answers for the row as it was shown.</summary>
public static class SignRules
{
    [Requires(Permission.SignRules)]
    public sealed class Command : ICommand<int>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Rule id and content hash as one text, "ci-…|sha256:…": what a tick on the list sends.</summary>
        public List<string> Rules { get; set; } = [];

        /// <summary>The name, typed as a signature.</summary>
        public string SignedName { get; set; } = "";
    }

    public static string Tick(string rule, string hash) => $"{rule}|{hash}";

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Rules).Must(rules => rules.Count is > 0 and <= 2_000 && rules.TrueForAll(rule => rule is { Length: <= 200 })).WithMessage("Tick the rules that you have read.");
            RuleFor(command => command.SignedName).NotEmpty().WithMessage("Type your name to sign.").MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, Physicians physicians, ClinicTime time, SignOffs signOffs, CurrentRuleBook books) : IRequestHandler<Command, Outcome<int>>
    {
        /// <returns>How many were signed now.</returns>
        public async Task<Outcome<int>> Handle(Command command, CancellationToken token)
        {
            if (await physicians.MeAsync(Permission.SignRules, token) is not { } me)
            {
                return new Failure.Forbidden();
            }

            if (!SignedNames.AreSame(command.SignedName, me.Name))
            {
                return new Failure.Invalid(nameof(Command.SignedName), $"Type your name as the clinic has it: {me.Name}.");
            }

            var book = await books.RefreshAsync(db, token);
            var read = command.Rules.Select(tick => tick.Split('|', 2)).Where(tick => tick.Length == 2).Select(tick => (Rule: tick[0], Hash: tick[1])).Distinct().ToList();
            if (read.Count != command.Rules.Distinct(StringComparer.Ordinal).Count() || read.Exists(row => book.HashOfRule(row.Rule) is null))
            {
                return new Failure.Invalid(nameof(Command.Rules), "One of these rules is not in the book. Open the list again.");
            }

            if (read.FindAll(row => book.HashOfRule(row.Rule) != row.Hash) is { Count: > 0 } changed)
            {
                return new Failure.Conflict($"Changed since you read it, so nothing was signed: {string.Join(", ", changed.Select(row => row.Rule))}. Read it again.");
            }

            var signed = await signOffs.SignedRulesAsync(token);
            var now = time.UtcNow;
            var left = read.FindAll(row => !signed.Contains(row.Rule));
            db.RuleSignOffs.AddRange(left.Select(row => new RuleSignOff
            {
                Rule = row.Rule, RuleHash = row.Hash, RuleBook = book.Hash, SignedById = me.Id, SignedName = command.SignedName.Trim(), SignedUtc = now,
            }));
            await db.SaveChangesAsync(token);
            return left.Count;
        }
    }
}
