using MediatR;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;

namespace MesoClinic.Application.Rules;

/// <summary>Reads a rule as it is being typed: what is wrong with it, or what it says in words. Keeps nothing.</summary>
public static class CheckRule
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(RuleDraftKind Kind, string Json) : IQuery<View>;

    /// <param name="When">What makes it apply, in words; empty while there are problems.</param>
    public sealed record View(IReadOnlyList<string> Problems, string? Id, string? Title, Decision? Action, IReadOnlyList<RuleClause> When);

    internal sealed class Handler(CurrentRuleBook books) : IRequestHandler<Query, Outcome<View>>
    {
        public Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (rule, problems) = ClinicRules.Read(query.Kind, query.Json, books);
            if (problems.Count > 0)
            {
                return Task.FromResult<Outcome<View>>(new View(problems, rule?.Id, rule?.Title, rule?.Action, []));
            }

            var entry = RuleEntry.Find(rule!.Id, ClinicRules.Over(books.BuiltIn, [rule]))!;
            return Task.FromResult<Outcome<View>>(new View([], rule.Id, rule.Title, rule.Action, entry.When));
        }
    }
}
