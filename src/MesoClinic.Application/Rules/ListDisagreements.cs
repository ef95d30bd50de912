using MediatR;
using MesoClinic.Rules;

namespace MesoClinic.Application.Rules;

/// <summary>Where the sources say different things: each value with its source, and the safer one, which rules.</summary>
public static class ListDisagreements
{
    [Requires(Permission.ReadRules)]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    /// <param name="Rules">Rules of the book that it concerns: id and title.</param>
    /// <param name="Others">What else it concerns: aftercare, preparation, medicines, in words.</param>
    public sealed record Row(string Id, string Title, IReadOnlyList<GetRule.Opinion> Opinions, string Safer, IReadOnlyList<(string Id, string Title)> Rules, IReadOnlyList<string> Others);

    internal sealed class Handler(RuleBook book) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        public Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            var rules = RuleEntry.All(book).ToList();
            Row[] rows =
            [
                .. book.Knowledge.Conflicts.Select(conflict =>
                {
                    var concerned = rules.FindAll(rule => conflict.Affects.Contains(rule.Id, StringComparer.Ordinal) || rule.Conflicts.Contains(conflict.Id, StringComparer.Ordinal));
                    return new Row(
                        conflict.Id, conflict.Title,
                        [.. conflict.Values.Select(value => new GetRule.Opinion(book.Sources.GetValueOrDefault(value.Source)?.Title ?? value.Source, value.Value))],
                        conflict.SaferResolution,
                        [.. concerned.Select(rule => (rule.Id, rule.Title))],
                        [.. conflict.Affects.Except(concerned.Select(rule => rule.Id), StringComparer.Ordinal).Select(TitleOf)]);
                }),
            ];
            return Task.FromResult<Outcome<IReadOnlyList<Row>>>(rows);
        }

        private string TitleOf(string id) =>
            book.Knowledge.Aftercare.FirstOrDefault(row => row.Id == id)?.Title
            ?? book.Knowledge.Preparation.FirstOrDefault(row => row.Id == id)?.Title
            ?? book.Knowledge.Complications.FirstOrDefault(row => row.Id == id)?.Title
            ?? book.Knowledge.Triage.FirstOrDefault(row => row.Id == id)?.Title
            ?? book.Knowledge.AsepsisSteps.FirstOrDefault(row => row.Id == id)?.Title
            ?? book.Medications.GetValueOrDefault(id)?.Title ?? book.Ingredients.GetValueOrDefault(id)?.Title ?? book.Techniques.GetValueOrDefault(id)?.Title ?? book.Alternatives.GetValueOrDefault(id)?.Title
            ?? book.Indications.GetValueOrDefault(id)?.Title ?? book.Questions.GetValueOrDefault(id)?.Text ?? id;
    }
}
