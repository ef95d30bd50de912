using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests.Triage;

public sealed class TriageTableTests
{
    private static readonly TriageTable Table = ShippedCare.Triage;

    [Theory]
    [InlineData("dyspnoea", TriageLevel.Emergency, "tg-breathing")]
    [InlineData("visual-symptom", TriageLevel.Emergency, "tg-vision")]
    [InlineData("blanching", TriageLevel.Emergency, "tg-blanching-mottling")]
    [InlineData("pus", TriageLevel.SeeDoctorToday, "tg-pus")]
    [InlineData("fever", TriageLevel.SeeDoctorToday, "tg-fever")]
    [InlineData("warmth", TriageLevel.SeeDoctorToday, "tg-local-heat")]
    [InlineData("pigment", TriageLevel.CallClinic, "tg-pigment")]
    public void A_symptom_alone_is_answered(string symptom, TriageLevel level, string rule)
    {
        var result = Table.Assess(new SymptomReport(symptom));

        Assert.Equal((level, rule), (result.Level, Assert.Single(result.Rules)));
    }

    [Theory]
    [InlineData("swelling", 72, Severity.Mild, TriageLevel.SelfCare, "tg-swelling-normal")]
    [InlineData("swelling", 72.5, Severity.Mild, TriageLevel.SeeDoctorToday, "tg-swelling-over-72h")]
    [InlineData("swelling", 2, Severity.Severe, TriageLevel.SeeDoctorToday, "tg-swelling-severe")]
    [InlineData("bruise", 24, Severity.Mild, TriageLevel.SelfCare, "tg-bruise-normal")]
    [InlineData("bruise", 24, Severity.Moderate, TriageLevel.CallClinic, "tg-bruise-moderate-pain")]
    [InlineData("bruise", 24, Severity.Severe, TriageLevel.SeeDoctorToday, "tg-bruise-severe-pain")]
    [InlineData("bruise", 169, Severity.Mild, TriageLevel.CallClinic, "tg-bruise-long")]
    [InlineData("pain", 48, Severity.Moderate, TriageLevel.SelfCare, "tg-pain-mild")]
    [InlineData("pain", 49, Severity.Mild, TriageLevel.CallClinic, "tg-pain-persistent")]
    [InlineData("papule", 24, null, TriageLevel.SelfCare, "tg-papule-normal")]
    [InlineData("papule", 25, null, TriageLevel.CallClinic, "tg-papule-24-72h")]
    [InlineData("papule", 73, null, TriageLevel.SeeDoctorToday, "tg-papule-over-72h")]
    public void Duration_and_severity_decide(string symptom, decimal hours, Severity? severity, TriageLevel level, string rule)
    {
        var result = Table.Assess(new SymptomReport(symptom) { DurationHours = hours, Severity = severity });

        Assert.Equal((level, rule), (result.Level, result.Rules[0]));
    }

    [Theory]
    [InlineData("late-nodule", 167, TriageLevel.CallClinic, "tg-nodule-early")]
    [InlineData("late-nodule", 168, TriageLevel.SeeDoctorToday, "tg-late-nodule")]
    [InlineData("slow-healing", 71, TriageLevel.SelfCare, "tg-healing-normal")]
    [InlineData("slow-healing", 72, TriageLevel.CallClinic, "tg-healing-72-168h")]
    [InlineData("slow-healing", 168, TriageLevel.CallClinic, "tg-slow-healing-early")]
    [InlineData("slow-healing", 336, TriageLevel.SeeDoctorToday, "tg-open-puncture")]
    public void Onset_decides(string symptom, decimal hours, TriageLevel level, string rule)
    {
        var result = Table.Assess(new SymptomReport(symptom) { OnsetHours = hours });

        Assert.Equal((level, rule), (result.Level, Assert.Single(result.Rules)));
    }

    [Fact]
    public void Minus_zero_hours_are_no_hours()
    {
        var report = new SymptomReport("swelling") { OnsetHours = decimal.Negate(0), DurationHours = decimal.Negate(0) };

        Assert.Equal(Table.Assess(report with { OnsetHours = 0, DurationHours = 0 }).Level, Table.Assess(report).Level);
    }

    [Fact]
    public void A_puncture_open_since_the_session_is_as_old_as_it_has_been_open() =>
        Assert.Equal(TriageLevel.SeeDoctorToday, Table.Assess(new SymptomReport("slow-healing") { OnsetHours = 0, DurationHours = 400 }).Level);

    [Theory]
    [InlineData(60, "fading", TriageLevel.CallClinic, "tg-redness-fading")]
    [InlineData(97, "fading", TriageLevel.SeeDoctorToday, "tg-redness-fading-over-96h")]
    [InlineData(60, "growing", TriageLevel.SeeDoctorToday, "tg-redness-persistent")]
    [InlineData(60, null, TriageLevel.SeeDoctorToday, "tg-redness-persistent")]
    [InlineData(20, "growing", TriageLevel.CallClinic, "tg-redness-worsening-early")]
    [InlineData(20, "fading", TriageLevel.SelfCare, "tg-redness-normal")]
    [InlineData(20, null, TriageLevel.SelfCare, "tg-redness-normal")]
    public void An_unanswered_modifier_matches_only_where_the_row_says_so(decimal hours, string? trend, TriageLevel level, string rule)
    {
        var result = Table.Assess(With("redness", ("trend", trend)) with { DurationHours = hours });

        Assert.Equal((level, rule), (result.Level, result.Rules[0]));
    }

    [Fact]
    public void All_modifiers_of_a_row_must_be_reported()
    {
        var early = new SymptomReport("redness") { DurationHours = 20 };

        Assert.Equal(TriageLevel.SelfCare, Table.Assess(early with { Modifiers = With("redness", ("spreading", "yes")).Modifiers }).Level);
        Assert.Equal(TriageLevel.SelfCare, Table.Assess(early with { Modifiers = With("redness", ("spreading", "yes"), ("warm", "no")).Modifiers }).Level);
        Assert.Equal(TriageLevel.SeeDoctorToday, Table.Assess(early with { Modifiers = With("redness", ("spreading", "yes"), ("warm", "yes")).Modifiers }).Level);
    }

    [Theory]
    [InlineData("fever", "severe_malaise", "yes", TriageLevel.Emergency)]
    [InlineData("fever", "severe_malaise", "no", TriageLevel.SeeDoctorToday)]
    [InlineData("grouped-vesicles", "eye_involved", "yes", TriageLevel.Emergency)]
    [InlineData("pain", "colour_change", "yes", TriageLevel.Emergency)]
    [InlineData("palpitations", "chest_pain", "yes", TriageLevel.Emergency)]
    [InlineData("faint", "not_recovered", "yes", TriageLevel.Emergency)]
    [InlineData("faint", "not_recovered", "no", TriageLevel.CallClinic)]
    public void A_modifier_escalates_only_when_it_was_reported(string symptom, string modifier, string answer, TriageLevel level) =>
        Assert.Equal(level, Table.Assess(With(symptom, (modifier, answer))).Level);

    [Fact]
    public void Bumps_that_are_neither_red_nor_painful_need_no_doctor_today()
    {
        var report = With("papule", ("no_red_no_pain", "yes")) with { DurationHours = 80 };

        Assert.Equal(TriageLevel.CallClinic, Table.Assess(report).Level);
        Assert.Equal(TriageLevel.SeeDoctorToday, Table.Assess(report with { Modifiers = SymptomReport.NoModifiers }).Level);
    }

    [Fact]
    public void A_rash_counts_as_widespread_until_that_was_denied()
    {
        Assert.Equal(TriageLevel.SeeDoctorToday, Table.Assess(With("rash", ("limited_to_area", "yes"))).Level);
        Assert.Equal(TriageLevel.CallClinic, Table.Assess(With("rash", ("limited_to_area", "yes"), ("widespread", "no"))).Level);
    }

    [Fact]
    public void Of_several_matching_rows_the_highest_level_wins_and_all_are_named()
    {
        var result = Table.Assess(new SymptomReport("swelling") { DurationHours = 80, Severity = Severity.Severe });

        Assert.Equal(["tg-swelling-over-72h", "tg-swelling-severe"], result.Rules);
        Assert.Equal(["cx-oedema", "cx-urticaria-angioedema"], result.Complications);
    }

    [Fact]
    public void What_no_row_covers_is_answered_all_the_same()
    {
        foreach (var symptom in new[] { "other", "never-heard-of-it" })
        {
            var result = Table.Assess(new SymptomReport(symptom));
            Assert.Equal((TriageLevel.CallClinic, "tg-unknown"), (result.Level, Assert.Single(result.Rules)));
            Assert.NotEmpty(result.Advice);
        }
    }

    [Fact]
    public void Negative_hours_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.Assess(new SymptomReport("redness") { DurationHours = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.Assess(new SymptomReport("redness") { OnsetHours = -0.5m }));
    }

    [Fact]
    public void Red_flags_come_first_and_are_emergencies_whatever_else_is_answered()
    {
        var flags = Table.Symptoms.TakeWhile(choice => choice.RedFlag).Select(choice => choice.Symptom.Id).ToList();

        Assert.Equal(flags.Count, Table.Symptoms.Count(choice => choice.RedFlag));
        Assert.Equal(
            ["blanching", "blister-necrosis", "collapse", "cyanosis", "dyspnoea", "eye-splash", "facial-weakness", "generalised-urticaria",
                "neuro-anaesthetic", "seizure", "tongue-lip-swelling", "visual-symptom", "wheeze"],
            flags.Order(StringComparer.Ordinal));
        Assert.All(flags, flag =>
        {
            Assert.All(Reports.Of(flag), report => Assert.Equal(TriageLevel.Emergency, Table.Assess(report).Level));
            Assert.True(Table.QuestionsFor(flag).None);
        });
        Assert.All(Table.Symptoms.Where(choice => !choice.RedFlag), choice =>
            Assert.Contains(Reports.Of(choice.Symptom.Id), report => Table.Assess(report).Level < TriageLevel.Emergency));
    }

    [Fact]
    public void Every_row_decides_some_report()
    {
        var deciding = Reports.All.Select(report => Table.Assess(report).Rules[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Shipped.Knowledge.Triage.Select(row => row.Id).Except(deciding, StringComparer.Ordinal));
    }

    private static SymptomReport With(string symptom, params (string Modifier, string? Answer)[] answers) => new(symptom)
    {
        Modifiers = answers.Where(answer => answer.Answer is not null).ToDictionary(answer => answer.Modifier, answer => answer.Answer!, StringComparer.Ordinal),
    };
}
