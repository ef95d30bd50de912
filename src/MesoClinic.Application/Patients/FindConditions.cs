using MediatR;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Patients;

/// <summary>Finds conditions by word, synonym or code, for the picker. A well-formed code outside the list is offered as it is.</summary>
public static class FindConditions
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(string Text) : IQuery<IReadOnlyList<Row>>;

    /// <param name="Title">Empty for a code outside the list.</param>
    public sealed record Row(string Code, string Title);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        private const int Most = 12;

        public Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            List<Row> rows = [.. KnowledgeSearch.Best(book.Knowledge.Icd10, query.Text, row => row.Code, row => [row.Title, .. row.Synonyms], Most).Select(row => new Row(row.Code, row.Title))];
            var code = SaveConditions.Code(query.Text);
            if (SaveConditions.IsCode(code) && rows.TrueForAll(row => row.Code != code))
            {
                rows.Add(new Row(code, ""));
            }

            return Task.FromResult<Outcome<IReadOnlyList<Row>>>(rows);
        }
    }
}
