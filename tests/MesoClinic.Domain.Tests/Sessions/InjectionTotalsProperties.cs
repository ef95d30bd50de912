using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Domain.Tests.Sessions;

/// <summary>What must hold of the totals of any map.</summary>
public sealed class InjectionTotalsProperties
{
    private static readonly Gen<decimal?> Thousandths = Gen.Frequency((1, Gen.Constant((decimal?)null)), (4, Gen.Choose(1, 400).Select(n => (decimal?)(n / 1000m))));

    private static readonly Gen<InjectionSite> Sites =
        from count in Gen.Choose(0, 60) from ml in Thousandths from mm in Thousandths
        select new InjectionSite { View = "face-front", Side = "mid", VolumePerPointMl = ml, DepthMm = mm, Points = [.. Enumerable.Repeat(new InjectionPoint(0.5m, 0.2m), count)] };

    private static readonly Gen<(List<TreatedArea> Areas, decimal? Mm, decimal? Ml, int? Typed, decimal? Mixed)> Maps =
        from areas in Gen.ListOf(Gen.ListOf(Sites).Select(sites => new TreatedArea { Area = "forehead", Sites = [.. sites] })).Select(list => list.ToList())
        from mm in Thousandths from ml in Thousandths from mixed in Thousandths from typed in Gen.Choose(0, 3000).Select(n => n == 0 ? (int?)null : n)
        select (areas, mm, ml, typed, mixed);

    [Fact]
    public void Points_and_what_they_take_add_up_site_by_site() => Check(map =>
    {
        var (sites, totals) = (map.Areas.SelectMany(area => area.Sites).Where(site => site.Points.Count > 0).ToList(), Of(map));
        Assert.Equal(sites.Count > 0 ? sites.Sum(site => site.Points.Count) : map.Typed, totals.Points);
        var volumes = sites.SelectMany(site => site.Points.Select(_ => site.VolumePerPointMl ?? map.Ml)).ToList();
        Assert.Equal(sites.Count == 0 ? map.Typed * map.Ml : volumes.Contains(null) ? null : volumes.Sum(), totals.NeededMl);
    });

    [Fact]
    public void No_site_has_more_than_the_largest_and_one_unknown_makes_it_unknown() => Check(map =>
    {
        var (sites, totals) = (map.Areas.SelectMany(area => area.Sites).ToList(), Of(map));
        Assert.All(sites, site => Assert.True(totals.LargestMl is null || (site.VolumePerPointMl ?? map.Ml) <= totals.LargestMl));
        Assert.All(sites, site => Assert.True(totals.DeepestMm is null || (site.DepthMm ?? map.Mm) <= totals.DeepestMm));
        Assert.True(totals.LargestMl is null || !sites.Exists(site => (site.VolumePerPointMl ?? map.Ml) is null));
        Assert.True(totals.DeepestMm is null || !sites.Exists(site => (site.DepthMm ?? map.Mm) is null));
    });

    [Fact]
    public void What_is_judged_is_never_less_than_what_is_mixed_or_than_what_the_points_take() => Check(map =>
    {
        var (totals, judged) = (Of(map), Of(map).JudgedMl(map.Mixed));
        Assert.Equal(map.Mixed is null || (totals.Points is not null && totals.NeededMl is null), judged is null);
        Assert.True(judged is null || (judged >= map.Mixed && (totals.Points is null || judged >= totals.NeededMl) && (judged == map.Mixed || judged == totals.NeededMl)));
    });

    private static InjectionTotals Of((List<TreatedArea> Areas, decimal? Mm, decimal? Ml, int? Typed, decimal? Mixed) map) => InjectionTotals.Of(map.Areas, map.Mm, map.Ml, map.Typed);

    private static void Check(Action<(List<TreatedArea> Areas, decimal? Mm, decimal? Ml, int? Typed, decimal? Mixed)> law) => Prop.ForAll(Arb.From(Maps), law).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
