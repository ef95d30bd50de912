using MesoClinic.Application.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Xunit;

namespace MesoClinic.Application.Tests.Rules;

public sealed class RuleBookPagesTests
{
    private static readonly RuleBook Book = TestClinic.Book.Value;
    private static readonly string[] Ids =
        [.. Book.Knowledge.Contraindications.Select(row => row.Id), .. Book.Knowledge.TechniqueRules.Select(row => row.Id), .. Book.Knowledge.IncompatiblePairs.Select(row => row.Id)];

    [Fact]
    public async Task Every_rule_of_the_book_says_in_sentences_when_it_applies_and_where_it_comes_from()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var reader = await clinic.AddCosmetologistAsync();
        foreach (var id in Ids)
        {
            var rule = (await clinic.SendAsync(reader, new GetRule.Query(id))).Value;
            Assert.True(rule is not null, $"{id} is not answered");
            Assert.Equal(id, rule.Id);
            Assert.NotEmpty(rule.When);
            Assert.All(rule.When.SelectMany(clause => clause.Sentences), sentence =>
            {
                Assert.EndsWith(".", sentence, StringComparison.Ordinal);
                Assert.DoesNotMatch(@"\b(ci|q|v|med|alg|ing|exc|ind|tech|alt)-[a-z]", sentence);
            });
            Assert.NotEmpty(rule.Sources);
            Assert.All(rule.Sources, title => Assert.DoesNotContain(title, Book.Sources.Keys));
            Assert.NotEmpty(rule.Override);
        }
    }

    [Fact]
    public async Task The_list_holds_every_rule_once()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var listed = new List<string>();
        for (var number = 1; listed.Count < Ids.Length; number++)
        {
            var page = (await clinic.SendAsync(manager, new ListRules.Query { Number = number })).Value!;
            Assert.NotEmpty(page.Rows);
            Assert.Equal(Ids.Length, page.Found);
            listed.AddRange(page.Rows.Select(row => row.Id));
        }

        Assert.Equal(Ids.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("D65", "ci-coagulopathy")]
    [InlineData("warfarin", "ci-anticoagulant-current")]
    [InlineData("  PENTOXIFYLLINE etamsylate ", "ic-pentoxifylline-etamsylate")]
    public async Task A_rule_is_found_by_what_its_conditions_name(string text, string id)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var page = (await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListRules.Query { Text = text })).Value!;
        Assert.Contains(id, page.Rows.Select(row => row.Id));
        Assert.True(page.Found < Ids.Length);
    }

    [Fact]
    public async Task The_tier_filter_lists_that_tier_alone()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var page = (await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListRules.Query { Tier = Tier.Temporary })).Value!;
        Assert.Equal(Book.Knowledge.Contraindications.Count(row => row.Tier == Tier.Temporary) + Book.Knowledge.TechniqueRules.Count(row => row.Action == Decision.Postpone), page.Found);
        Assert.All(page.Rows, row => Assert.Equal(Tier.Temporary, row.Tier));
    }

    [Fact]
    public async Task A_disagreement_of_the_sources_is_told_with_each_value_and_the_safer_one()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var conflict = Book.Knowledge.Conflicts.First(row => row.Affects.Contains("ci-botulinum-14d"));
        var rule = (await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new GetRule.Query("ci-botulinum-14d"))).Value!;
        var told = Assert.Single(rule.Disagreements, disagreement => disagreement.Title == conflict.Title);
        Assert.Equal(conflict.Values.Select(value => value.Value), told.Opinions.Select(opinion => opinion.Value));
        Assert.Equal(conflict.SaferResolution, told.Safer);
    }

    [Fact]
    public void A_pair_decides_as_the_contraindication_that_reads_it()
    {
        foreach (var pair in Book.Knowledge.IncompatiblePairs)
        {
            var expected = pair.Severity == PairSeverity.Block ? Decision.ModifyPlan : Decision.AllowWithCaution;
            Assert.Equal(expected, RuleEntry.Find(pair.Id, Book)!.Action);
        }
    }

    [Fact]
    public void Every_kind_of_condition_and_every_plan_field_has_words()
    {
        foreach (var field in Enum.GetValues<PlanField>())
        {
            Predicate[] asked = field.IsNumber() ? [new PlanNumberPredicate { Field = field, Op = Comparison.Lte, Value = 1 }]
                : field.IsChoice() ? [new PlanChoicePredicate { Field = field, In = ["home"] }]
                : [new PlanFlagPredicate { Field = field, Is = true }, new PlanFlagPredicate { Field = field, Is = false }];
            Assert.All(asked, predicate => Assert.EndsWith(".", RuleWords.Predicate(predicate, Book), StringComparison.Ordinal));
        }

        var used = Book.Knowledge.Contraindications.Select(row => row.Detect).Concat(Book.Knowledge.TechniqueRules.Select(row => row.Detect))
            .SelectMany(condition => condition.Any.Concat(condition.All).Concat(condition.None)).Select(predicate => predicate.GetType()).ToHashSet();
        Assert.Equal(typeof(Predicate).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Predicate))).Select(type => type.Name).Order(StringComparer.Ordinal), used.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_unknown_rule_is_not_found()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(await clinic.AddManagerAsync(), new GetRule.Query("ci-made-up"))).Failure);
    }

    [Fact]
    public async Task A_patient_may_not_read_the_rule_book()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var patient = await clinic.AddPatientAccountAsync(await clinic.AddPatientAsync());
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(patient, new ListRules.Query())).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(patient, new GetRule.Query(Ids[0]))).Failure);
    }
}
