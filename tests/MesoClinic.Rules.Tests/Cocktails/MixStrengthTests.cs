using MesoClinic.Rules.Cocktails;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Cocktails;

public sealed class MixStrengthTests
{
    [Fact]
    public void An_ingredient_of_two_products_is_added_up_and_thinned_by_the_whole_mix()
    {
        var mix = MixStrength.Of([new Dose("ing-a", 8, 0.8m), new Dose("ing-b", 30, 0.3m), new Dose("ing-a", 3, 0.3m)], 1.1m);

        Assert.Equal([new MixStrength("ing-a", 11, 10), new MixStrength("ing-b", 30, 30 / 1.1m)], mix);
    }

    [Fact]
    public void What_one_label_does_not_give_is_unknown_in_the_mix() =>
        Assert.Equal([new MixStrength("ing-a", null, null)], MixStrength.Of([new Dose("ing-a", 8, 0.8m), new Dose("ing-a", null, 0.2m)], 1));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void Without_a_volume_there_is_no_concentration(int? totalMl) => Assert.Equal([new MixStrength("ing-a", 8, null)], MixStrength.Of([new Dose("ing-a", 8, 0.8m)], totalMl));
}
