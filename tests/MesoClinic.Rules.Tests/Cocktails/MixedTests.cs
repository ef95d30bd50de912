using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Cocktails;

/// <summary>What "mixed with anything else" and "more than five components" are about: what is drawn into the syringe, not what a maker put into one product or what lies on the skin.</summary>
public sealed class MixedTests
{
    private const string Acid = "ing-deoxycholic-acid";
    private const string Filler = "ing-hyaluronic-acid-crosslinked";
    private const string Cream = "ing-lidocaine-prilocaine-cream";
    private const string Numb = "ing-lidocaine";
    private const string Alone = "ic-dca-anything";
    private const string Unmixed = "ic-ha-crosslinked-anything";

    private static readonly string[] Five = ["ing-hyaluronic-acid", "ing-amino-acids", "ing-biotin", "ing-zinc", "ing-glutathione"];

    [Fact]
    public void A_cream_on_the_skin_is_not_mixed_with_what_is_injected()
    {
        Assert.False(Planned(Acid, Cream).Has(Alone));
        Assert.False(Injected([new Dose(Acid, 20, 2, "a")], Acid, Cream).Has(Alone));
    }

    [Fact]
    public void A_cream_of_which_a_dose_goes_in_is() =>
        Assert.True(Injected([new Dose(Acid, 20, 2, "a"), new Dose(Cream, 10, 1, "b")], Acid, Cream).Has(Alone));

    [Fact]
    public void An_excipient_is_part_of_its_product_and_nothing_added()
    {
        Assert.False(Planned(Acid, "exc-benzyl-alcohol").Has(Alone));
        Assert.False(Injected([new Dose(Acid, 20, 2, "a"), new Dose("exc-benzyl-alcohol", null, 2, "a")], Acid, "exc-benzyl-alcohol").Has(Alone));
    }

    [Theory]
    [InlineData("a", "diluent")]
    [InlineData("a", null)]
    [InlineData(null, "diluent")]
    [InlineData(null, null)]
    public void An_excipient_of_another_product_dilutes(string? acid, string? water) =>
        Assert.True(Injected([new Dose(Acid, 20, 2, acid), new Dose("exc-benzyl-alcohol", null, 2, water)], Acid, "exc-benzyl-alcohol").Has(Alone));

    [Fact]
    public void What_one_product_brings_was_mixed_by_its_maker() =>
        Assert.False(Injected([new Dose(Filler, 20, 1, "syringe"), new Dose(Numb, 3, 1, "syringe")], Filler, Numb).Has(Unmixed));

    [Fact]
    public void What_another_product_brings_is_mixed_in() =>
        Assert.True(Injected([new Dose(Filler, 20, 1, "syringe"), new Dose(Numb, 3, 1, "ampoule")], Filler, Numb).Has(Unmixed));

    [Fact]
    public void So_is_what_a_second_product_brings_once_more() =>
        Assert.True(Injected([new Dose(Filler, 20, 1, "syringe"), new Dose(Numb, 3, 1, "syringe"), new Dose(Numb, 3, 1, "ampoule")], Filler, Numb).Has(Unmixed));

    [Fact]
    public void And_what_meets_a_second_product_of_the_same() =>
        Assert.True(Injected([new Dose(Filler, 20, 1, "syringe"), new Dose(Numb, 3, 1, "syringe"), new Dose(Filler, 20, 1, "other syringe")], Filler, Numb).Has(Unmixed));

    [Theory]
    [InlineData("exc-benzyl-alcohol")]
    [InlineData(Numb)]
    public void Whatever_one_of_two_products_of_the_same_brings_is_mixed_into_the_other(string brought) =>
        Assert.True(Injected([new Dose(Acid, 20, 2, "a"), new Dose(brought, null, 2, "a"), new Dose(Acid, 20, 2, "b")], Acid, brought).Has(Alone));

    [Theory]
    [InlineData(null, null)]
    [InlineData("syringe", null)]
    [InlineData(null, "syringe")]
    public void A_product_that_is_not_named_may_be_another(string? first, string? second) =>
        Assert.True(Injected([new Dose(Filler, 20, 1, first), new Dose(Numb, 3, 1, second)], Filler, Numb).Has(Unmixed));

    [Fact]
    public void While_only_ingredients_are_planned_nobody_knows_that_one_product_brings_them()
    {
        Assert.True(Planned(Filler, Numb).Has(Unmixed));
        Assert.True(Injected([new Dose(Filler, 20, 1, "syringe")], Filler, Numb).Has(Unmixed));
    }

    [Fact]
    public void Two_that_are_named_as_a_pair_are_one_in_whatever_product() =>
        Assert.True(Injected([new Dose("ing-pentoxifylline", 2, 1, "a"), new Dose("ing-etamsylate", 12, 1, "a")], "ing-pentoxifylline", "ing-etamsylate").Has("ic-pentoxifylline-etamsylate"));

    [Fact]
    public void The_reason_names_what_is_mixed_in_and_not_the_cream() =>
        Assert.Equal("Planned together: deoxycholic acid and biotin", Planned(Acid, Cream, "exc-benzyl-alcohol", "ing-biotin").The(Alone).Because);

    [Fact]
    public void Two_lots_of_one_product_are_one_product()
    {
        Assert.False(Injected([new Dose("ing-caffeine", 5, 1, "a"), new Dose("ing-caffeine", 5, 1, "a")], "ing-caffeine").Has("tr-two-xanthines"));
        Assert.Contains("in 2 products", Injected([new Dose("ing-caffeine", 5, 1, "a"), new Dose("ing-caffeine", 5, 1, "b"), new Dose("ing-caffeine", 5, 1, "a")], "ing-caffeine").The("tr-two-xanthines").Because, StringComparison.Ordinal);
        Assert.True(Injected([new Dose("ing-caffeine", 5, 1, "a"), new Dose("ing-caffeine", 5, 1)], "ing-caffeine").Has("tr-two-xanthines"));
    }

    [Fact]
    public void The_doses_of_two_lots_add_up()
    {
        Assert.True(Injected([new Dose("ing-procaine", 150, 7, "a"), new Dose("ing-procaine", 60, 3, "a")], "ing-procaine").Has("tr-anaesthetic-dose"));
        Assert.Contains("doses", Shipped.Assess(Shipped.With(Shipped.StartedPlan with { Ingredients = ["ing-procaine"], Doses = [new Dose("ing-procaine", 20, 1, "a"), new Dose("ing-procaine", null, null, "a")] }) with { Stage = Stage.Start }).Missing);
    }

    [Fact]
    public void Components_are_what_is_injected_without_excipients_and_cream()
    {
        Assert.False(Planned([.. Five, Cream, "exc-benzyl-alcohol"]).Has("tr-cocktail-components"));
        Assert.Equal("Number of injected ingredients: 6, more than 5", Planned([.. Five, Cream, "ing-pyridoxine"]).The("tr-cocktail-components").Because);
        Assert.True(Planned([.. Five, "something nobody knows"]).Has("tr-cocktail-components"));
    }

    private static Assessment Planned(params string[] ingredients) => Shipped.Assess(Shipped.With(Shipped.StartedPlan with { Ingredients = ingredients }));

    private static Assessment Injected(IReadOnlyList<Dose> doses, params string[] ingredients) => Shipped.Assess(Shipped.With(Shipped.StartedPlan with { Ingredients = ingredients, Doses = doses }));
}
