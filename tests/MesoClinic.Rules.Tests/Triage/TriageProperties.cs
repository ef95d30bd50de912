using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests.Triage;

public sealed class TriageProperties
{
    private static readonly TriageTable Table = ShippedCare.Triage;

    private static readonly Gen<SymptomReport> Report =
        from symptom in Gen.Elements(Reports.Symptoms.ToArray())
        from onset in Hours()
        from duration in Hours()
        from severity in Gen.Elements<Severity?>(null, Severity.Mild, Severity.Moderate, Severity.Severe)
        from answers in Answers(symptom)
        select new SymptomReport(symptom) { OnsetHours = onset, DurationHours = duration, Severity = severity, Modifiers = answers };

    private static Config Thorough => Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void No_report_is_answered_with_nothing() => ForAll(report =>
    {
        var result = Table.Assess(report);
        return result.Rules.Count > 0 && result.Steps.Count > 0 && Enum.IsDefined(result.Level);
    });

    [Fact]
    public void A_missing_severity_is_never_milder_than_any_severity() => ForAll(report =>
        Enum.GetValues<Severity>().All(severity => Level(report with { Severity = null }) >= Level(report with { Severity = severity })));

    [Fact]
    public void Missing_hours_are_never_milder_than_any_hours() => ForAll(report =>
        (TimedFromSession(report) || Level(report with { DurationHours = null }) >= Level(report)) && Level(report with { OnsetHours = null }) >= Level(report));

    [Fact]
    public void Getting_worse_never_lowers_the_level() => ForAll(report =>
    {
        var fading = Level(With(report, "trend", "fading"));
        return Level(With(report, "trend", "persisting-or-worsening")) >= fading && Level(With(report, "trend", "growing")) >= fading
            && Enum.GetValues<Severity>().Zip(Enum.GetValues<Severity>().Skip(1))
                .All(pair => Level(report with { Severity = pair.Second }) >= Level(report with { Severity = pair.First }));
    });

    [Fact]
    public void Confirming_a_warning_sign_never_lowers_the_level()
    {
        // The two reassuring ones are meant to lower it.
        string[] reassuring = ["limited_to_area", "no_red_no_pain"];
        var signs = Shipped.Knowledge.Vocabulary.Modifiers
            .Where(modifier => modifier.Options.Any(option => option.Value == "yes"))
            .Select(modifier => modifier.Id)
            .Except(reassuring, StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(signs);
        ForAll(report => signs.TrueForAll(sign => Level(With(report, sign, "yes")) >= Level(report)));
    }

    /// <summary>Its age is asked as the onset; a duration given besides can only add to that.</summary>
    private static bool TimedFromSession(SymptomReport report) =>
        Shipped.Knowledge.Vocabulary.Symptoms.Single(symptom => symptom.Id == report.Symptom).TimedFromSession;

    private static void ForAll(Func<SymptomReport, bool> holds) => Prop.ForAll(Report.ToArbitrary(), holds).Check(Thorough);

    private static TriageLevel Level(SymptomReport report) => Table.Assess(report).Level;

    private static SymptomReport With(SymptomReport report, string modifier, string answer) =>
        report with { Modifiers = new Dictionary<string, string>(report.Modifiers, StringComparer.Ordinal) { [modifier] = answer } };

    private static Gen<decimal?> Hours() =>
        from hours in Gen.Choose(0, 500)
        from given in Gen.Choose(0, 4)
        select given == 0 ? (decimal?)null : hours;

    private static Gen<Dictionary<string, string>> Answers(string symptom) =>
        Reports.ModifiersOf(symptom).Aggregate(
            Gen.Constant(new Dictionary<string, string>(StringComparer.Ordinal)),
            (all, modifier) =>
                from answers in all
                from answer in Gen.Elements(modifier.Options.Select(option => option.Value).Append(null).ToArray())
                select answer is null ? answers : new Dictionary<string, string>(answers, StringComparer.Ordinal) { [modifier.Id] = answer });
}
