using MediatR;
using MesoClinic.Rules;

namespace MesoClinic.Application.Patients;

/// <summary>What the health profile's forms offer: treatment areas, and kinds of procedures and plans.</summary>
public static class ProfileChoices
{
    [Requires(Permission.EditCharts)]
    public sealed record Query : IQuery<Choices>;

    public sealed record Choices(IReadOnlyList<Choice> Areas, IReadOnlyList<Choice> EventKinds);

    public sealed record Choice(string Id, string Title);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<Choices>>
    {
        public Task<Outcome<Choices>> Handle(Query query, CancellationToken token) => Task.FromResult<Outcome<Choices>>(new Choices(
            [.. book.Knowledge.Areas.Select(area => new Choice(area.Id, area.Title))],
            [.. book.Knowledge.Vocabulary.EventKinds.Select(kind => new Choice(kind.Id, kind.Title))]));
    }
}
