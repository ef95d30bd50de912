using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Properties;

/// <summary>What must hold of any rule book that keeps people safe: knowing less, or worse, never makes it milder, and dates are the first that there are.</summary>
public sealed class Laws
{
    private static readonly IReadOnlyList<Condition> Rules =
        [.. Shipped.Knowledge.Contraindications.Select(r => r.Detect), .. Shipped.Knowledge.TechniqueRules.Select(r => r.Detect)];

    /// <summary>Answers that some rule asks for, of questions that lift no rule: the others of their options are without finding.</summary>
    private static readonly Gen<(Question Question, string Finding, string Nothing)> Findings = Gen.Elements(
        (from question in Shipped.Knowledge.Questions.Questions
         where !Rules.SelectMany(r => r.None).SelectMany(Asks).Any(asked => asked.Question == question.Id)
         let wanted = Rules.SelectMany(r => r.Any.Concat(r.All)).SelectMany(Asks).Where(asked => asked.Question == question.Id).Select(asked => asked.Is).Distinct().ToArray()
         from finding in wanted
         from nothing in question.Options.Except(wanted)
         select (question, finding, nothing)).ToArray());

    [Fact]
    public void A_finding_is_never_milder_than_none_and_neither_is_not_knowing() => Check(Requests.Any, Findings, (request, answer) =>
    {
        var nothing = Decide(request, answer.Question.Id, answer.Nothing);
        Assert.True(Decide(request, answer.Question.Id, answer.Finding) >= nothing, $"{answer.Question.Id}: {answer.Finding}");
        Assert.True(Decide(request, answer.Question.Id, null) >= nothing, $"{answer.Question.Id}: unknown");
    });

    [Theory]
    [InlineData("allergies")]
    [InlineData("procedures")]
    public void An_expired_list_that_lifts_no_rule_is_never_milder_than_a_reviewed_one(string list) => Check(Requests.Known, Gen.Constant(list), (request, expired) =>
        Assert.True(Shipped.Assess(request with { Patient = request.Patient with { IncompleteLists = [expired] } }).Decision >= Shipped.Assess(request).Decision));

    [Fact]
    public void The_earliest_safe_date_is_the_first_of_two_years_on_which_nothing_stops_the_treatment() => Check(Requests.Known, Gen.Constant(true), (request, _) =>
    {
        var facts = Shipped.Book.Resolve(request);
        if (Shipped.Book.Assess(facts).EarliestSafeDate is { } date)
        {
            Assert.Equal(date, Enumerable.Range(1, 730).Select(days => request.Date.AddDays(days)).First(day => !IsStopped(facts.On(day))));
        }
    });

    [Fact]
    public void A_case_that_is_read_on_another_day_is_the_request_of_that_day() => Check(Requests.Any, Gen.Choose(-400, 400), (request, days) =>
    {
        var day = request.Date.AddDays(days);
        Assert.Equivalent(Shipped.Assess(request with { Date = day }), Shipped.Book.Assess(Shipped.Book.Resolve(request).On(day)), strict: true);
    });

    [Fact]
    public void A_case_is_not_assessed_by_a_book_that_did_not_resolve_it()
    {
        var other = new RuleBook(Shipped.Knowledge);

        Assert.Throws<ArgumentException>(() => other.Assess(Shipped.Book.Resolve(Shipped.Clean)));
    }

    [Fact]
    public void No_rule_fires_on_a_treatment_that_it_offers_itself()
    {
        foreach (var rule in Shipped.Knowledge.Contraindications)
        {
            foreach (var (example, alternative) in from e in rule.Examples where e.Expect == ExampleOutcome.Fires from a in rule.Alternatives select (e, a))
            {
                Assert.False(Shipped.Assess(example.Request with { Plan = example.Request.Plan with { Technique = alternative } }).Has(rule.Id), $"{rule.Id} on {alternative}");
            }
        }
    }

    [Fact]
    public void A_controlled_disease_fires_whatever_an_active_or_chronic_one_fires() => Check(Requests.Known, Requests.Condition, (request, condition) =>
    {
        var controlled = Fired(request, condition with { Status = ConditionStatus.Controlled });
        Assert.Subset(controlled, Fired(request, condition with { Status = ConditionStatus.Active }));
        Assert.Subset(controlled, Fired(request, condition with { Status = ConditionStatus.Chronic }));
    });

    private static void Check<T>(Gen<AssessmentRequest> requests, Gen<T> others, Action<AssessmentRequest, T> holds) =>
        Prop.ForAll(requests.ToArbitrary(), others.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Decision Decide(AssessmentRequest request, string question, string? answer) =>
        Shipped.Assess(request with { Patient = request.Patient with { Answers = new Dictionary<string, string?>(request.Patient.Answers) { [question] = answer } } }).Decision;

    private static bool IsStopped(Case day) => Shipped.Book.Assess(day).Findings.Any(f => f.Action >= Decision.Postpone);

    private static HashSet<string> Fired(AssessmentRequest request, ConditionFact condition) =>
        Shipped.Assess(request with { Patient = request.Patient with { Conditions = [.. request.Patient.Conditions!, condition] } }).Findings.Select(f => f.Rule).ToHashSet();

    private static IEnumerable<(string Question, string Is)> Asks(Predicate predicate) => predicate switch
    {
        AnswerPredicate p => [(p.Question, p.Is)],
        UvSeasonPredicate p => [(p.TravelQuestion, "yes")],
        LabPredicate p => Shipped.Book.Measures[p.Name].OnlyWith is { } concerned ? concerned.Any.SelectMany(Asks) : [],
        _ => [],
    };
}
