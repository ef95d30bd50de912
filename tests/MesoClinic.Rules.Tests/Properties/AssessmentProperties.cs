using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Properties;

/// <summary>What holds for every patient and every plan.</summary>
public sealed class AssessmentProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void The_order_of_facts_does_not_matter() => Check(Requests.Any, request =>
    {
        var patient = request.Patient;
        var turned = request with
        {
            Patient = patient with
            {
                Conditions = patient.Conditions!.Reverse().ToArray(),
                Medications = patient.Medications!.Reverse().ToArray(),
                Events = patient.Events!.Reverse().ToArray(),
                Allergies = patient.Allergies!.Reverse().ToArray(),
                Answers = patient.Answers.Reverse().ToDictionary(StringComparer.Ordinal),
            },
            Plan = request.Plan with { Ingredients = request.Plan.Ingredients!.Reverse().ToArray(), Doses = request.Plan.Doses?.Reverse().ToArray() },
        };
        Assert.Equal(Essence(Shipped.Assess(request)), Essence(Shipped.Assess(turned)));
    });

    [Fact]
    public void The_same_request_gets_the_same_answer() => Check(Requests.Any, request =>
    {
        var first = Shipped.Assess(request);
        var second = Shipped.Assess(request);
        Assert.Equal(Essence(first), Essence(second));
        Assert.Equal(first.Missing, second.Missing);
    });

    [Fact]
    public void The_worst_finding_decides() => Check(Requests.Any, request =>
    {
        var assessment = Shipped.Assess(request);
        Assert.All(assessment.Findings, finding => Assert.True(assessment.Decision >= finding.Action));
        Assert.Equal(assessment.Findings.OrderByDescending(f => f.Action).Select(f => f.Action), assessment.Findings.Select(f => f.Action));
    });

    [Fact]
    public void What_is_missing_is_never_allowed() => Check(Requests.Any, request =>
    {
        var assessment = Shipped.Assess(request);
        Assert.True(assessment.Missing.Count == 0 || assessment.Decision >= Decision.Incomplete);
        Assert.Empty(assessment.Missing.Intersect(assessment.StillToAsk, StringComparer.Ordinal));
    });

    [Fact]
    public void A_rule_of_weight_that_is_unknown_keeps_the_decision_from_allowing() => Check(Requests.Any, request =>
    {
        var needle = request with { Plan = request.Plan with { Technique = "tech-nappage" } };
        var unknown = Shipped.Knowledge.Contraindications.Any(r => r.Action >= Decision.PhysicianReview && Shipped.Book.Read(r.Id, needle).Truth == Truth.Unknown);
        Assert.True(!unknown || Shipped.Assess(needle).Decision >= Decision.Incomplete);
    });

    [Fact]
    public void An_absolute_finding_never_disappears_because_an_unasked_question_becomes_unknown() => Check(Requests.Known, request =>
    {
        var before = Absolute(request);
        foreach (var question in Shipped.Knowledge.Questions.Questions.Where(q => !request.Patient.Answers.ContainsKey(q.Id)))
        {
            var answers = new Dictionary<string, string?>(request.Patient.Answers, StringComparer.Ordinal) { [question.Id] = null };
            var after = Absolute(request with { Patient = request.Patient with { Answers = answers } });
            Assert.Empty(before.Except(after, StringComparer.Ordinal));
        }
    }, tests: 10);

    [Fact]
    public void Another_finding_never_makes_a_known_case_milder() =>
        Prop.ForAll(
            Requests.Known.ToArbitrary(),
            (from condition in Requests.Condition
             from medicine in Requests.KnownMedicine
             from happened in Requests.Event
             from allergy in Requests.Allergy
             select (condition, medicine, happened, allergy)).ToArbitrary(),
            (request, more) =>
            {
                var patient = request.Patient;
                var decision = Shipped.Assess(request).Decision;
                PatientFacts[] worse =
                [
                    patient with { Conditions = [.. patient.Conditions!, more.condition] },
                    patient with { Medications = [.. patient.Medications!, more.medicine] },
                    patient with { Events = [.. patient.Events!, more.happened] },
                    patient with { Allergies = [.. patient.Allergies!, more.allergy] },
                ];
                Assert.All(worse, facts => Assert.True(Shipped.Assess(request with { Patient = facts }).Decision >= decision));
            }).Check(Config);

    [Fact]
    public void Not_knowing_which_product_brings_an_ingredient_is_never_milder() => Check(Requests.Any, request =>
    {
        var doses = request.Plan.Doses ?? [];
        Assert.All(doses.Index(), dose => Assert.True(Decide(doses.Select((other, index) => index == dose.Index ? other with { Product = null } : other)) >= Decide(doses)));

        Decision Decide(IEnumerable<Dose> planned) => Shipped.Assess(request with { Plan = request.Plan with { Doses = planned.ToArray() } }).Decision;
    });

    [Fact]
    public void Nothing_stops_treatment_on_the_earliest_safe_date_and_something_does_the_day_before() => Check(Requests.Known, request =>
    {
        if (Shipped.Assess(request).EarliestSafeDate is not { } date)
        {
            return;
        }
        Assert.True(date > request.Date);
        Assert.DoesNotContain(Shipped.Assess(request with { Date = date }).Findings, f => f.Action >= Decision.Postpone);
        Assert.Contains(Shipped.Assess(request with { Date = date.AddDays(-1) }).Findings, f => f.Action >= Decision.Postpone);
    });

    [Fact]
    public void A_postponed_plan_has_a_safe_date_or_says_what_it_waits_for() => Check(Requests.Any, request =>
    {
        var assessment = Shipped.Assess(request);
        Assert.Equal(assessment.Decision >= Decision.Postpone, assessment.EarliestSafeDate is not null || assessment.WaitingFor.Count > 0);
        Assert.True(assessment.EarliestSafeDate is null || assessment.WaitingFor.Count == 0);
    });

    [Fact]
    public void Offered_treatments_are_not_blocked_when_they_are_planned() => Check(Requests.Known, request =>
    {
        foreach (var offered in Shipped.Assess(request).Findings.SelectMany(f => f.Alternatives).Distinct(StringComparer.Ordinal))
        {
            var plan = new TreatmentPlan { Technique = offered, Areas = request.Plan.Areas, Indication = request.Plan.Indication, Ingredients = [] };
            var isTreatment = Shipped.Book.Alternatives[offered].Kind == Knowledge.AlternativeKind.Treatment;
            Assert.True(!isTreatment || Shipped.Assess(request with { Plan = plan }).Findings.All(f => f.Action < Decision.ModifyPlan), offered);
        }
    });

    [Fact]
    public void Every_finding_names_a_fact_a_reason_and_a_source() => Check(Requests.Any, request => Assert.All(Shipped.Assess(request).Findings, finding =>
    {
        Assert.NotEmpty(finding.Because);
        Assert.NotEmpty(finding.Rationale);
        Assert.NotEmpty(finding.Sources);
    }));

    private static void Check(Gen<AssessmentRequest> requests, Action<AssessmentRequest> holds, int tests = 200) =>
        Prop.ForAll(requests.ToArbitrary(), holds).Check(Config.WithMaxTest(tests));

    private static HashSet<string> Absolute(AssessmentRequest request) =>
        Shipped.Assess(request).Findings.Where(f => f.Tier == Tier.Absolute).Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);

    private static string Essence(Assessment a) =>
        string.Join('|', a.Decision, a.EarliestSafeDate, string.Join(',', a.WaitingFor), string.Join(',', a.Findings.Select(f => $"{f.Rule}:{f.Action}:{string.Join('+', f.Alternatives)}")), a.Missing.Count, a.StillToAsk.Count);
}
