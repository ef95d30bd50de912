using MediatR;
using MesoClinic.Rules;

namespace MesoClinic.Application.Patients;

/// <summary>Finds medicines by generic name, brand or ATC code, for the picker. A well-formed code outside the table is offered, and so is a name alone.</summary>
public static class FindMedications
{
    [Requires(Permission.ReadRules)]
    public sealed record Query(string Text) : IQuery<IReadOnlyList<Row>>;

    /// <param name="KnowledgeId">Null = outside the table.</param>
    /// <param name="Atc">Null with a <paramref name="KnowledgeId"/>: the row has several codes or none. Null without: a name only, not identified.</param>
    public sealed record Row(string? KnowledgeId, string? Atc, string Name, string Brands);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        private const int Most = 10;

        public Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            List<Row> rows =
            [
                .. KnowledgeSearch.Best(
                    book.Knowledge.Medications, query.Text, row => string.Join(' ', row.Atc),
                    row => [row.Title, row.GenericName ?? "", .. row.Brands], Most)
                    .Select(row => new Row(row.Id, row.Atc is [var only] ? only : null, row.Title, string.Join(", ", row.Brands))),
            ];
            var text = query.Text.Trim();
            var code = text.ToUpperInvariant();
            if (SaveMedications.IsAtc(code) && book.Knowledge.Medications.All(row => !row.Atc.Contains(code, StringComparer.Ordinal)))
            {
                rows.Add(new Row(null, code, code, ""));
            }
            else if (text.Length is > 0 and <= Domain.Limits.Line)
            {
                rows.Add(new Row(null, null, text, ""));
            }

            return Task.FromResult<Outcome<IReadOnlyList<Row>>>(rows);
        }
    }
}
