using System.Text.Json;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Domain.Tests.Sessions;

public sealed class InjectionTotalsTests
{
    private static readonly InjectionPoint[] Two = [new(0.5m, 0.2m), new(0.52m, 0.2m)];

    [Fact]
    public void What_is_judged_is_the_largest_volume_and_the_greatest_depth_of_any_site()
    {
        var totals = InjectionTotals.Of([Area("forehead", Site(0.014m, 1.5m)), Area("cheeks", Site(0.02m, 1m), Site(0.01m, 2m))], 0.5m, 0.5m, null);

        Assert.Equal((6, 2m, 0.02m, 0.088m), (totals.Points, totals.DeepestMm, totals.LargestMl, totals.NeededMl));
    }

    [Fact]
    public void A_site_without_a_value_of_its_own_has_the_sessions()
    {
        var totals = InjectionTotals.Of([Area("forehead", Site(null, null))], 1.5m, 0.014m, null);

        Assert.Equal((2, 1.5m, 0.014m, 0.028m), (totals.Points, totals.DeepestMm, totals.LargestMl, totals.NeededMl));
    }

    [Fact]
    public void One_unknown_site_makes_the_largest_unknown()
    {
        var totals = InjectionTotals.Of([Area("forehead", Site(0.014m, 1.5m)), Area("cheeks", Site(null, null))], null, null, null);

        Assert.Equal((4, null, null, null), (totals.Points, totals.DeepestMm, totals.LargestMl, totals.NeededMl));
    }

    [Fact]
    public void An_area_without_a_site_has_the_sessions_values()
    {
        Assert.Null(InjectionTotals.Of([Area("forehead", Site(0.014m, 1.5m)), Area("cheeks")], null, null, null).LargestMl);
        Assert.Equal(0.02m, InjectionTotals.Of([Area("forehead", Site(0.014m, 1.5m)), Area("cheeks")], 1m, 0.02m, null).LargestMl);
    }

    [Fact]
    public void A_typed_count_stands_only_where_the_map_is_empty()
    {
        Assert.Equal((40, 0.8m), (InjectionTotals.Of([Area("forehead")], 1m, 0.02m, 40).Points, InjectionTotals.Of([Area("forehead")], 1m, 0.02m, 40).NeededMl));
        Assert.Equal(2, InjectionTotals.Of([Area("forehead", Site(0.02m, 1m))], 1m, 0.02m, 40).Points);
    }

    [Theory]
    [InlineData("[0.5,0.25]")]
    [InlineData("[0.5,0.25,0.55,0.3]")]
    public void A_point_is_kept_as_two_numbers_and_a_channel_as_four(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<InjectionPoint>(json)));

    [Theory]
    [InlineData("[0.5]")]
    [InlineData("[0.5,0.25,0.55]")]
    public void Anything_else_is_no_point(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<InjectionPoint>(json));

    private static TreatedArea Area(string area, params InjectionSite[] sites) => new() { Area = area, Sites = [.. sites] };

    private static InjectionSite Site(decimal? ml, decimal? mm) => new() { View = "face-front", Side = "mid", VolumePerPointMl = ml, DepthMm = mm, Points = Two };
}
