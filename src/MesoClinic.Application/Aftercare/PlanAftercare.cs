using System.Text.Json;
using MediatR;
using MesoClinic.Application.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Aftercare;

/// <summary>The aftercare of sessions that another program describes. Nothing of it is kept.</summary>
public static class PlanAftercare
{
    private const int MostSessions = 100;

    [Requires(Permission.UseApi)]
    public sealed record Query(JsonElement Body) : IQuery<View>;

    /// <param name="AllClear">The end of the last ban that ends; null without any.</param>
    public sealed record View(IReadOnlyList<Item> Items, DateTimeOffset? AllClear);

    /// <param name="Do">True: a recommendation. False: a ban.</param>
    /// <param name="Until">Null: it has no end, because the patient must avoid this in any case.</param>
    public sealed record Item(
        string Id, string Category, bool Do, DateTimeOffset From, DateTimeOffset? Until, AftercareState Now, string Text, string Why, IReadOnlyList<string> Sources);

    internal sealed class Handler(RuleBook rules, AftercareBook aftercare, TimeProvider clock) : IRequestHandler<Query, Outcome<View>>
    {
        public Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var problems = new RequestProblems();
            var (sessions, patient, at) = Read(new JsonFields(query.Body, "", problems), problems);
            return Task.FromResult<Outcome<View>>(problems.Any ? problems.ToFailure() : Answer(AftercareTimeline.For(sessions, patient, at ?? clock.GetUtcNow(), aftercare)));
        }

        private (IReadOnlyList<TreatedSession> Sessions, PatientFacts Patient, DateTimeOffset? At) Read(JsonFields root, RequestProblems problems)
        {
            var sessions = root.Objects("sessions", Session);
            if (root.Raw("sessions") is null || sessions?.Count > MostSessions)
            {
                root.Wrong("sessions", $"Give the sessions that were done, at most {MostSessions}.");
            }

            var patient = root.Object("patient") is { } given ? new AssessmentReader(rules, problems).Patient(given) : new PatientFacts();
            if (sessions?.Any(session => patient.BirthDate > DateOnly.FromDateTime(session.End.DateTime)) == true)
            {
                problems.Add("patient.birthDate", "Lies after a session.");
            }

            var at = root.Instant("at");
            root.NothingElse();
            return (sessions ?? [], patient, at);
        }

        private TreatedSession? Session(JsonFields session)
        {
            var end = session.Instant("end");
            if (session.Raw("end") is null)
            {
                session.Wrong("end", "Say when the session ended, with the offset, such as \"2026-07-10T15:30:00+02:00\".");
            }

            // No row asks for the technique yet; a wrong id is a mistake all the same.
            _ = session.Id("technique", id => rules.Techniques.ContainsKey(id) || rules.Alternatives.ContainsKey(id), rules.Techniques.Keys.Concat(rules.Alternatives.Keys));
            var areas = session.Ids("areas", rules.Areas.ContainsKey, rules.Areas.Keys);
            var ingredients = session.Ids("ingredients", rules.Ingredients.ContainsKey, rules.Ingredients.Keys);
            return end is null ? null : new TreatedSession(end.Value, areas, ingredients);
        }

        private static View Answer(AftercareTimeline timeline) => new(
            [.. timeline.Entries.Select(entry => new Item(entry.Id, entry.Category, entry.Do, entry.From, entry.Until, entry.Now, entry.Text, entry.Why, entry.Sources))],
            timeline.AllClear);
    }
}
