using System.Globalization;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>All that the needle brings into the skin, as a record says it at one moment.</summary>
internal sealed record InTheSkin
{
    private readonly string how;
    private readonly HashSet<string> areas;
    private readonly Dictionary<(string View, string Area, string Side), int> sites;
    private readonly Dictionary<Guid, decimal> volumes;
    private readonly InjectionTotals totals;
    private readonly decimal? judgedMl;

    private InTheSkin(Session session)
    {
        how = string.Create(CultureInfo.InvariantCulture, $"{session.Indication}|{session.Technique}|{session.Administration}|{session.NeedleOuterDiameterMm:0.####}|{session.InjectionSpeed}|{session.NewSealedAmpoules}|{session.AnaestheticCream == true}");
        (totals, judgedMl) = (session.Totals, SessionPlan.VolumeMl(session));
        areas = [.. session.Areas.Select(a => a.Area)];
        sites = session.Areas.SelectMany(a => a.Sites.Where(site => site.Points.Count > 0).Select(site => ((site.View, a.Area, site.Side), site.Points.Count))).ToDictionary(site => site.Item1, site => site.Count);
        volumes = session.Mixed.GroupBy(line => line.LotId).ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.VolumeMl));
        Text = string.Join('|',
        [
            how, N(totals.DeepestMm), N(totals.LargestMl), N(judgedMl), .. areas.Order(StringComparer.Ordinal),
            .. session.Cocktail.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.LotId}:{N(line.VolumeMl)}:{line.Ampoules}:{line.Mistake is null}")),
        ]);
    }

    /// <summary>Another text after the start is judged like the start itself.</summary>
    public string Text { get; }

    public static InTheSkin Of(Session session) => new(session);

    /// <summary>Nothing was added to what stood there: no area, no point, no drop, nothing deeper. What nobody had said may be said.</summary>
    public bool IsNoMoreThan(InTheSkin before) =>
        how == before.how
        && areas.IsSubsetOf(before.areas)
        && volumes.All(lot => before.volumes.TryGetValue(lot.Key, out var ml) && (ml == 0 || (lot.Value > 0 && lot.Value <= ml)))
        && (before.sites.Count == 0 || sites.All(site => site.Value <= before.sites.GetValueOrDefault(site.Key)))
        && (totals.Points is null || (NoMore(totals.Points, before.totals.Points) && NoMore(totals.NeededMl, before.totals.NeededMl) && NoMore(totals.LargestMl, before.totals.LargestMl) && NoMore(totals.DeepestMm, before.totals.DeepestMm)));

    /// <summary>The same where the session goes on: every number is as well known as it was, and no higher. What was permitted for the more is permitted for the less.</summary>
    public bool IsWithin(InTheSkin before) => IsNoMoreThan(before) && Numbers.Zip(before.Numbers).All(number => number.First is null == number.Second is null && !(number.First > number.Second));

    private decimal?[] Numbers => [totals.Points, totals.NeededMl, totals.LargestMl, totals.DeepestMm, judgedMl];

    private static bool NoMore(decimal? now, decimal? before) => before is null || now <= before;

    private static string N(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "?";
}
