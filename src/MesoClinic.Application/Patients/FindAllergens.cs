using MediatR;
using MesoClinic.Rules;

namespace MesoClinic.Application.Patients;

/// <summary>Finds what people are allergic to by name or synonym, for the picker.</summary>
public static class FindAllergens
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(string Text) : IQuery<IReadOnlyList<Row>>;

    public sealed record Row(string Id, string Title, string Synonyms);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        public Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token) => Task.FromResult<Outcome<IReadOnlyList<Row>>>((List<Row>)
        [
            .. KnowledgeSearch.Best(book.Knowledge.Allergens, query.Text, _ => "", row => [row.Title, .. row.Synonyms], 12).Select(row => new Row(row.Id, row.Title, string.Join(", ", row.Synonyms))),
        ]);
    }
}
