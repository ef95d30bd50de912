using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests.Triage;

public sealed class TriageQuestionsTests
{
    private static readonly TriageTable Table = ShippedCare.Triage;

    [Theory]
    [InlineData("dyspnoea", "")]
    [InlineData("pus", "")]
    [InlineData("other", "")]
    [InlineData("redness", "duration,trend,spreading,warm")]
    [InlineData("swelling", "duration,severity")]
    [InlineData("bruise", "duration,severity,trend")]
    [InlineData("pain", "duration,severity,colour_change")]
    [InlineData("papule", "duration,no_red_no_pain")]
    [InlineData("rash", "limited_to_area,widespread")]
    [InlineData("late-nodule", "onset,red_or_painful")]
    [InlineData("slow-healing", "onset")]
    [InlineData("fever", "severe_malaise")]
    public void Only_what_can_change_the_answer_is_asked(string symptom, string asked) => Assert.Equal(asked, Names(Table.QuestionsFor(symptom)));

    [Fact]
    public void What_has_been_answered_is_not_asked_again_and_may_settle_the_rest()
    {
        var report = new SymptomReport("papule") { DurationHours = 20 };
        Assert.True(Table.QuestionsFor(report).None);

        report = new SymptomReport("swelling") { DurationHours = 10 };
        Assert.Equal("severity", Names(Table.QuestionsFor(report)));

        report = new SymptomReport("late-nodule") { OnsetHours = 500 };
        Assert.True(Table.QuestionsFor(report).None);
    }

    [Fact]
    public void Every_question_has_words_and_options()
    {
        var modifiers = Reports.Symptoms.SelectMany(symptom => Table.QuestionsFor(symptom).Modifiers).Distinct().ToList();

        Assert.Equal(Shipped.Knowledge.Vocabulary.Modifiers.Count, modifiers.Count);
        Assert.All(modifiers, modifier =>
        {
            Assert.EndsWith("?", modifier.Title, StringComparison.Ordinal);
            Assert.True(modifier.Options.Count >= 2);
            Assert.All(modifier.Options, option => Assert.NotEmpty(option.Title));
        });
    }

    [Fact]
    public void Answering_something_that_is_not_asked_changes_nothing()
    {
        foreach (var symptom in Reports.Symptoms)
        {
            var asked = Table.QuestionsFor(symptom);
            foreach (var report in Reports.Of(symptom).Where(report => report.Modifiers.Count == Reports.ModifiersOf(symptom).Count()))
            {
                var short_ = report with
                {
                    OnsetHours = asked.Onset ? report.OnsetHours : null,
                    DurationHours = asked.Duration ? report.DurationHours : null,
                    Severity = asked.Severity ? report.Severity : null,
                };
                Assert.Equal(Table.Assess(report).Level, Table.Assess(short_).Level);
            }
        }
    }

    private static string Names(OpenQuestions asked) => string.Join(',', new[]
    {
        asked.Onset ? "onset" : null,
        asked.Duration ? "duration" : null,
        asked.Severity ? "severity" : null,
    }.OfType<string>().Concat(asked.Modifiers.Select(modifier => modifier.Id)));
}
