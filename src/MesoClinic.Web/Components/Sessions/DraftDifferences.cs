using System.Globalization;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Two versions of a record, field by field and in words: what stands here, and what was saved meanwhile.</summary>
public static class DraftDifferences
{
    private const string Map = "Map";

    public sealed record Row(string Field, string Mine, string Theirs);

    public static IReadOnlyList<Row> Between(SaveSessionDraft.Command mine, SaveSessionDraft.Command theirs, SessionKnowledge knowledge, IReadOnlyList<ListLots.LotRow> lots)
    {
        var rows = Fields(mine, knowledge, lots).Zip(Fields(theirs, knowledge, lots), (a, b) => new Row(a.Field, a.Text, b.Text)).Where(row => row.Mine != row.Theirs).ToList();
        if (!rows.Exists(row => row.Field == Map) && !Places(mine).SequenceEqual(Places(theirs)))
        {
            rows.Add(new Row(Map, "The points as they lie here", "As many points, in other places"));
        }

        return rows;
    }

    private static IEnumerable<(string View, string Area, string Side, InjectionPoint Point)> Places(SaveSessionDraft.Command draft) =>
        draft.Sites.OrderBy(site => site.View, StringComparer.Ordinal).ThenBy(site => site.Area, StringComparer.Ordinal).ThenBy(site => site.Side, StringComparer.Ordinal)
            .SelectMany(site => site.Points.Select(point => (site.View, site.Area, site.Side, point)));

    private static IEnumerable<(string Field, string Text)> Fields(SaveSessionDraft.Command draft, SessionKnowledge knowledge, IReadOnlyList<ListLots.LotRow> lots) =>
    [
        ("Areas", List(draft.Areas.Select(knowledge.Area).Order(StringComparer.Ordinal))),
        ("Indication", knowledge.Indication(draft.Indication)),
        ("Technique", knowledge.Technique(draft.Technique)),
        ("Hand or device", RecordWords.Way(draft.Administration)),
        ("Points", Number(draft.Points)),
        (Map, List(draft.Sites.Where(site => site is not { Points.Count: 0, DepthMm: null, VolumePerPointMl: null, Done: false }).Select(site => Site(site, knowledge)).Order(StringComparer.Ordinal))),
        ("Volume a point, ml", Number(draft.VolumePerInjectionMl)),
        ("Depth, mm", Number(draft.DepthMm)),
        ("Needle, mm", Number(draft.NeedleOuterDiameterMm)),
        ("Speed", draft.InjectionSpeed ?? "–"),
        ("Cocktail", List(draft.Lines.Select(line => Line(line, lots)))),
        ("Steps done", List(knowledge.Before.Concat(knowledge.After).Where(step => draft.AsepsisDone.Contains(step.Id, StringComparer.Ordinal)).Select(step => step.Title))),
        ("Anaesthetic cream", draft.AnaestheticCream switch { true => "Used", false => "None", null => "–" }),
        ("Tube of the cream", Tube(draft, lots)),
        ("Pain", Number(draft.PainScore)),
        ("End of the injections", draft.EndedAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "–"),
        ("Observation, min", Number(draft.ObservedMinutes)),
        ("Reactions", List(draft.Reactions.Select(reaction => string.Join(", ", new[] { reaction.Complication.Length > 0 ? knowledge.Complication(reaction.Complication) : "", reaction.Text.Trim(), reaction.Action.Trim() }.Where(part => part.Length > 0))).Where(text => text.Length > 0))),
        ("Why steps were left out", draft.StepsLeftOut.Trim().Length == 0 ? "–" : draft.StepsLeftOut.Trim()),
        ("Why the session stops", draft.StopReason.Trim().Length == 0 ? "–" : draft.StopReason.Trim()),
        ("Ampoules", draft.NewSealedAmpoules ? "All new and sealed" : "Not confirmed"),
        ("Cautions acknowledged", List(draft.Acknowledged.Select(rule => knowledge.Titles.Rules.GetValueOrDefault(rule, rule)).Order(StringComparer.Ordinal))),
        ("Notes", draft.Notes.Trim().Length == 0 ? "–" : draft.Notes.Trim()),
    ];

    private static string Line(SaveSessionDraft.Line line, IReadOnlyList<ListLots.LotRow> lots)
    {
        var lot = lots.FirstOrDefault(l => l.Id == line.LotId);
        return $"{lot?.Product ?? "Product"}, lot {lot?.Number ?? "not in stock"}, {Number(line.VolumeMl)} ml, {Number(line.Ampoules)} {(line.Ampoules == 1 ? "ampoule" : "ampoules")}{(line.Mistake is null ? null : $" (entered by mistake: {line.Mistake})")}";
    }

    private static string Tube(SaveSessionDraft.Command draft, IReadOnlyList<ListLots.LotRow> lots) => draft.CreamLotId is not { } id ? "–"
        : $"{(lots.FirstOrDefault(l => l.Id == id) is { } lot ? $"{lot.Product}, lot {lot.Number}" : "Lot not in stock")}{(draft.CreamTubeEmpty ? ", empty now" : null)}";

    private static string Site(SaveSessionDraft.Site site, SessionKnowledge knowledge) =>
        $"{knowledge.Side(site.Area, site.Side)}: {site.Points.Count} points{(site.VolumePerPointMl is { } ml ? $" of {Number(ml)} ml" : null)}{(site.DepthMm is { } mm ? $", {Number(mm)} mm deep" : null)}{(site.Done ? ", done" : null)}";

    private static string Number(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–";

    private static string List(IEnumerable<string> items) => string.Join("; ", items) is { Length: > 0 } text ? text : "–";
}
