using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>The rule book decides exactly as a plain reading of the tables does: same decision, same date, same words.</summary>
public sealed class OracleTests
{
    private const int Patients = 100_000;
    private const int SinglePredicatePatients = 3_000;

    /// <summary>An unreviewed history is exactly what the first reports, and a recall is known when there is one: they cannot be unknown.</summary>
    private static readonly string[] NeverUnknown = ["ci-allergy-history-unknown", "tr-recalled-lot"];

    private static readonly NaiveBook Oracle = new(Shipped.Knowledge, Shipped.Book.Hash);

    [Fact]
    public void The_rule_book_and_a_plain_reading_of_the_tables_agree_on_every_patient()
    {
        var fired = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        Prop.ForAll(RandomPatients.All, patient =>
        {
            var expected = Oracle.Assess(patient.Request);
            AssertSame(expected, Shipped.Book.Assess(patient.Request));

            var (truth, because, missing) = Oracle.Read(patient.Rule, patient.Request);
            var reading = Shipped.Book.Read(patient.Rule, patient.Request);
            Assert.Equal(truth, reading.Truth);
            Assert.Equal(because, reading.Because);
            Assert.Equal(missing, reading.Missing);

            fired.UnionWith(expected.Findings.Select(f => f.Rule));
            if (truth == Truth.Unknown)
            {
                unknown.Add(patient.Rule);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Patients));

        // Two that never met a patient would have agreed on nothing.
        string[] rules = [.. Shipped.Knowledge.Contraindications.Select(r => r.Id), .. Shipped.Knowledge.TechniqueRules.Select(r => r.Id)];
        Assert.Empty(string.Join(' ', rules.Concat(Shipped.Knowledge.IncompatiblePairs.Where(CanBePlanned).Select(p => p.Id)).Except(fired)));
        Assert.Empty(string.Join(' ', rules.Except(NeverUnknown).Except(unknown)));
    }

    /// <summary>Every predicate made a rule of its own waits for its own facts, whichever of them the real rules happen to wait for.</summary>
    [Fact]
    public void They_agree_on_every_single_predicate()
    {
        var rows = Shipped.Knowledge.Contraindications;
        var single = Shipped.Knowledge with
        {
            TechniqueRules = [],
            Contraindications =
            [
                .. from row in rows
                   from x in row.Detect.Any.Concat(row.Detect.All).Concat(row.Detect.None).Select((predicate, index) => (predicate, index))
                   select row with { Id = x.index == 0 ? row.Id : $"{row.Id}-{x.index}", Detect = new Condition { All = [x.predicate] }, Alternatives = [] },
                .. from row in Shipped.Knowledge.TechniqueRules
                   from x in row.Detect.All.Select((predicate, index) => (predicate, index))
                   select rows[0] with { Id = $"{row.Id}-{x.index}", Action = row.Action, Detect = new Condition { All = [x.predicate] }, Alternatives = [] },
            ],
        };
        var book = new RuleBook(single);
        var oracle = new NaiveBook(single, book.Hash);

        Prop.ForAll(RandomPatients.All, patient => AssertSame(oracle.Assess(patient.Request), book.Assess(patient.Request)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(SinglePredicatePatients));
    }

    private static bool CanBePlanned(IncompatiblePair pair) => pair.First.Disinfectants.Count == 0 && pair.Second.Disinfectants.Count == 0;

    private static void AssertSame(Assessment expected, Assessment actual)
    {
        var same = expected.Decision == actual.Decision
            && expected.EarliestSafeDate == actual.EarliestSafeDate
            && expected.RuleBook == actual.RuleBook
            && expected.WaitingFor.SequenceEqual(actual.WaitingFor)
            && expected.Missing.SequenceEqual(actual.Missing)
            && expected.StillToAsk.SequenceEqual(actual.StillToAsk)
            && expected.Findings.Count == actual.Findings.Count
            && expected.Findings.Zip(actual.Findings).All(pair => Same(pair.First, pair.Second));
        if (!same)
        {
            Assert.Equal(InWords(expected), InWords(actual));
        }
    }

    private static bool Same(Finding a, Finding b) =>
        a with { Alternatives = b.Alternatives, Sources = b.Sources } == b && a.Alternatives.SequenceEqual(b.Alternatives) && a.Sources.SequenceEqual(b.Sources);

    private static string InWords(Assessment assessment) => JsonSerializer.Serialize(assessment, Pretty);

    private static readonly JsonSerializerOptions Pretty = new(RulesJson.Options) { WriteIndented = true };
}
