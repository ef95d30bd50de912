namespace MesoClinic.Domain.Sessions;

/// <summary>What the injections of a session come to: the largest of each measure, because that is what the limits are about.</summary>
/// <param name="Points">The injections on the map, or the typed count where none stands there.</param>
/// <param name="DeepestMm">Null while the depth is unknown anywhere.</param>
/// <param name="LargestMl">The largest single injection; null while the volume is unknown anywhere.</param>
/// <param name="NeededMl">What all injections together take; null while their number or a volume is unknown.</param>
public sealed record InjectionTotals(int? Points, decimal? DeepestMm, decimal? LargestMl, decimal? NeededMl)
{
    /// <param name="depthMm">Where a site has no depth of its own, and in areas without a site.</param>
    /// <param name="volumeMl">The same of the volume.</param>
    /// <param name="typedPoints">Counts only where the map has no point.</param>
    public static InjectionTotals Of(IReadOnlyList<TreatedArea> areas, decimal? depthMm, decimal? volumeMl, int? typedPoints)
    {
        var sites = areas.SelectMany(area => area.Sites).ToList();
        var mapped = sites.Sum(site => site.Points.Count);
        var needed = mapped > 0 ? Sum(sites.Where(site => site.Points.Count > 0).Select(site => site.Points.Count * (site.VolumePerPointMl ?? volumeMl))) : typedPoints * volumeMl;
        return new InjectionTotals(mapped > 0 ? mapped : typedPoints, Largest(site => site.DepthMm, depthMm), Largest(site => site.VolumePerPointMl, volumeMl), needed);

        decimal? Largest(Func<InjectionSite, decimal?> own, decimal? elsewhere)
        {
            var values = areas.SelectMany(area => area.Sites.Count == 0 ? [elsewhere] : area.Sites.Select(site => own(site) ?? elsewhere)).DefaultIfEmpty(elsewhere).ToList();
            return values.Contains(null) ? null : values.Max();
        }
    }

    /// <summary>What may come into the skin, in ml: all that is mixed, or what the points take, whichever is more. Unknown while either is.</summary>
    public decimal? JudgedMl(decimal? mixedMl) => Points is null ? mixedMl : mixedMl is { } mixed && NeededMl is { } needed ? Math.Max(mixed, needed) : null;

    private static decimal? Sum(IEnumerable<decimal?> volumes) => volumes.Aggregate((decimal?)0, (sum, volume) => sum + volume);
}
